#!/usr/bin/env node
// The same areas in every layer: the area of a subject is its folder in each of them.
import { readdir } from 'node:fs/promises';
import { helpIfAsked, inRoot } from './lib/project.mjs';

const areas = [
  'access',
  'accounts',
  'clients',
  'companies',
  'credit',
  'digests',
  'events',
  'invoicing',
  'jobs',
  'ledger',
  'monitoring',
  'notifications',
  'panel',
  'payments',
  'profiles',
  'rates',
  'reports',
  'resellers',
  'silences',
  'system',
  'templates',
];

/**
 * The layers, with the folders that are no area: of parts that several areas share, or of a port with separate tests.
 */
const layers = {
  'src/domain': [],
  'src/services': [],
  'src/storage': ['migrations'],
  'src/activities': [],
  'src/workflows': [],
  'src/api/operations': [],
  'web/src/pages': [],
  'test/domain': ['simulate', 'support'],
  'test/activities': ['mail'],
  'test/workflows': [],
  'test/api': [],
  'test/web': ['api', 'form', 'list', 'support', 'ui'],
};

helpIfAsked(`
Usage: node scripts/areas.mjs [FOLDER ...]

Fails for a folder directly below a layer (${Object.keys(layers).join(', ')}), or
directly below the given folders, that is no area: ${areas.join(', ')}.
`);

async function faultsOf(layer) {
  const others = layers[layer] ?? [];
  const entries = await readdir(inRoot(layer), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !areas.includes(entry.name) && !others.includes(entry.name))
    .map(({ name }) => `${layer}/${name} is not an area: move it below ${[...areas, ...others].join(', ')}`);
}

const given = process.argv.slice(2);
const folders = given.length > 0 ? given : Object.keys(layers);
const faults = (await Promise.all(folders.map(faultsOf))).flat();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
