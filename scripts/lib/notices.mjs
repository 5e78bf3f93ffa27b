// Third-party notices of what is really in the bundles: package names from esbuild's metafiles, licence texts from the packages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Package folders (relative to the checkout) that contributed to the bundles. */
export function bundledPackages(metafiles) {
  const packages = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (match) packages.add(match[1]);
    }
  }
  return [...packages].sort();
}

/** One text: name, version, licence and licence text of each package. */
export function noticesOf(root, packages) {
  return packages.map((folder) => {
    const about = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file && existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), 'utf8').trim() : 'The package has no licence file.';
    return `${about.name} ${about.version} (${typeof about.license === 'string' ? about.license : 'see below'})\n\n${text}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}
