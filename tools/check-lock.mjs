/**
 * Fails when package-lock.json lacks a platform package of a dependency. `npm ci` of npm 11 and later would abort on other
 * machines.
 */
import fs from 'node:fs';

const { packages } = JSON.parse(fs.readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));

const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isInstalledFor(where, name))
    .map((name) => `${name} (wanted by ${where || 'this project'})`),
);

/** As Node resolves: in the package's own node_modules, then in each one above. */
function isInstalledFor(where, name) {
  for (let folder = where; ; folder = parentOf(folder)) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

function parentOf(folder) {
  return folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '');
}

if (missing.length > 0) {
  console.error(`missing from package-lock.json:\n${[...new Set(missing)].join('\n')}`);
  process.exitCode = 1;
} else {
  console.log(`package-lock.json is complete: ${Object.keys(packages).length} packages`);
}
