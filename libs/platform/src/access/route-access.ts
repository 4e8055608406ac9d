import { RequestMethod, type INestApplication, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ALLOWED_ROLES, PUBLIC_ROUTE } from './access.js';

/**
 * Stops the start when a route says neither who may call it nor that it is public: a forgotten decorator
 * is found on the developer's machine, not by a visitor.
 */
export function checkRouteAccess(app: INestApplication): void {
  const open: string[] = [];
  const scanner = new MetadataScanner();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (!metatype) continue;
      const prototype = (metatype as Type).prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const method: unknown = Reflect.getMetadata('method', prototype[name]!);
        if (method === undefined) continue;
        const said = [prototype[name]!, metatype].some(
          (t) => Reflect.hasMetadata(ALLOWED_ROLES, t) || Reflect.hasMetadata(PUBLIC_ROUTE, t),
        );
        if (!said) open.push(`${RequestMethod[method as RequestMethod]} ${metatype.name}.${name}`);
      }
    }
  }
  if (open.length > 0) throw new Error(`routes without @Allow or @Public: ${open.join(', ')}`);
}
