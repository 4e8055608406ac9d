import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/*
 * Lets `node --import` run our TypeScript as it lies there, for specs that need a process of their own to kill
 * (Node 20 does not read TypeScript). Decorators need a real compiler: the one that Jest uses, with its settings.
 */

const swcrc = new URL('../../../.swcrc', import.meta.url);
/** @type {import('@swc/core').Options} */
const options = JSON.parse(await readFile(swcrc, 'utf8'));

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.js')) throw error;
    return next(specifier.replace(/\.js$/, '.ts'), context);
  }
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...options, swcrc: false, filename });
  return { format: 'module', shortCircuit: true, source: code };
}
