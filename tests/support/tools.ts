/** Whether a program can be run here; asks for no permission. Tests that need one are ignored, and listed as such, without. */
export async function canRun(command: string): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "run", command });
  if (state !== "granted") return false;
  try {
    return (await new Deno.Command(command, { args: ["--version"], stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}
