import { readFileSync } from 'node:fs';

/**
 * Text of the script `<name>.isolate.js` that the build makes from `<name>.isolate.ts`: beside the bundled server, or in
 * `dist/server` when the server runs from its sources.
 * Throws an Error that names both places when neither has it.
 */
export function isolateCode(name: string): string {
  const file = `${name}.isolate.js`;
  const places = [new URL(`./${file}`, import.meta.url), new URL(`../../../dist/server/${file}`, import.meta.url)];
  for (const place of places) {
    try {
      return readFileSync(place, 'utf8');
    } catch {
      // Try the next place; the error below names all of them.
    }
  }
  throw new Error(`cannot read ${file}: build the project first (looked in ${places.map((p) => p.pathname).join(' and ')})`);
}
