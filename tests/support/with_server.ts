/** A server for the length of one test. */
import { type FaultServerOptions, startFaultServer } from "./fault_server.ts";

/** Runs a test with a server and closes it. */
export async function withServer<T>(
  options: FaultServerOptions,
  work: (server: ReturnType<typeof startFaultServer>) => Promise<T>,
): Promise<T> {
  const server = startFaultServer(options);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}
