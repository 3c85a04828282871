/** Folders of small files for tests. */

/** Makes a temporary folder of files: text and bytes as they are, anything else as JSON. */
export async function folderOf(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const file = `${folder}/${name}`;
    await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
    if (content instanceof Uint8Array) await Deno.writeFile(file, content);
    else await Deno.writeTextFile(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}
