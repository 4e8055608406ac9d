import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Lets `node --import` run our TypeScript as it lies there, for specs that need a process of their own to kill
 * (Node 20 does not read TypeScript). Decorators need a real compiler: the one that Jest uses, with its settings. What it
 * wrote is kept by the text from which it wrote it: a service is some four hundred files, and a spec that kills starts
 * it again and again. Files are read synchronously: this thread has nothing else to do, and the other waits for it.
 */

const settings = readFileSync(new URL('../../../.swcrc', import.meta.url), 'utf8');
const kept = new URL('../../../.local/typescript/', import.meta.url);
mkdirSync(kept, { recursive: true });

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  return { format: 'module', shortCircuit: true, source: await compiled(fileURLToPath(url)) };
}

/** @param {string} filename */
async function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const digest = createHash('sha256').update(`${settings}\0${filename}\0${source}`).digest('hex');
  const place = new URL(`${digest}.mjs`, kept);
  if (existsSync(place)) return readFileSync(place, 'utf8');
  const { transform } = await import('@swc/core');
  const { code } = await transform(source, { ...JSON.parse(settings), swcrc: false, filename });
  // Whole or not at all: another process may read it, and this one may be killed.
  const own = new URL(`${digest}.${process.pid}`, kept);
  writeFileSync(own, code);
  renameSync(own, place);
  return code;
}
