import { build } from 'esbuild';

/** Bundles the entry of an isolate from the current sources, as the build does. `entry` is relative to the checkout. */
export async function bundleIsolate(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry], bundle: true, write: false, platform: 'neutral', mainFields: ['module', 'main'], format: 'iife', target: 'es2023', legalComments: 'none', minify: true,
  });
  const file = result.outputFiles[0];
  if (file === undefined) throw new Error(`nothing was built from ${entry}`);
  return file.text;
}
