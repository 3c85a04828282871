/**
 * The cluster bootstrap on sums against the same done sample by sample, in TypeScript and, where python3 has NumPy, in
 * NumPy (fixtures/clusters/cluster_bootstrap_numpy.py, printed below the table); and a coverage table.
 * Run: deno bench --allow-read --allow-run=python3 tests/stats/cluster_bench.ts
 */
import { clusterBootstrap } from "$lib/stats/clusters/bootstrap.ts";
import { simulateCoverage } from "$lib/stats/coverage/simulate.ts";
import { coverageMethods } from "$lib/stats/coverage/methods.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { createStudies, equalSizes } from "$lib/stats/coverage/simulated_clusters.ts";

const REPLICATES = 10_000;
const clusters = createStudies({ sizes: equalSizes(100_000, 1_000), correlation: 0.3, rate: 0.2 }, createRandom(1))();
const samples = clusters.map(({ successes, trials }) =>
  Array.from({ length: trials }, (_, i): number => i < successes ? 1 : 0)
);
const group = `${REPLICATES} replicates of 1000 clusters with 100,000 samples`;

Deno.bench({ name: "sample by sample", group, baseline: true, n: 1, warmup: 0 }, () => {
  const random = createRandom(1);
  const rates = new Float64Array(REPLICATES);
  for (let i = 0; i < REPLICATES; i++) {
    let [hits, all] = [0, 0];
    for (let drawn = 0; drawn < samples.length; drawn++) {
      for (const sample of samples[random.below(samples.length)]) {
        hits += sample;
        all++;
      }
    }
    rates[i] = hits / all;
  }
  rates.sort();
});

Deno.bench({ name: "cluster by cluster", group, n: 5, warmup: 1 }, () => {
  clusterBootstrap(clusters, 1, 0.95, REPLICATES);
});

Deno.bench(
  { name: "all seven intervals", group: "coverage of 20,000 studies: 500 samples in 50 clusters", n: 1 },
  () => {
    simulateCoverage({ sizes: equalSizes(500, 50), correlation: 0.2, rate: 0.2 }, coverageMethods(1), 20_000, 1);
  },
);

globalThis.addEventListener("unload", () => {
  try {
    const script = new URL("../fixtures/clusters/cluster_bootstrap_numpy.py", import.meta.url).pathname;
    const { success, stdout } = new Deno.Command("python3", { args: [script, String(REPLICATES)] }).outputSync();
    if (!success) return console.log("NumPy is not there");
    const numpy = Number(new TextDecoder().decode(stdout));
    const start = performance.now();
    clusterBootstrap(clusters, 1, 0.95, REPLICATES);
    const ours = performance.now() - start;
    console.log(`NumPy, sample by sample: ${numpy} ms; here ${ours.toFixed(0)} ms: ${(numpy / ours).toFixed(0)} times`);
  } catch (error) {
    console.log(`NumPy was not run: ${error instanceof Error ? error.message : error}`);
  }
});
