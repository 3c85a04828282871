/**
 * Runs deno with the arguments given, from a process that is small: a process begins with the peak of memory of the one
 * that starts it, and tests grow large.
 *
 * @module
 */
if (import.meta.main) {
  const child = new Deno.Command("deno", { args: Deno.args, stdin: "inherit", stdout: "inherit" }).spawn();
  Deno.addSignalListener("SIGTERM", () => {
    child.kill("SIGKILL");
    Deno.exit(1);
  });
  Deno.exit((await child.status).code);
}
