import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import { currentContext, traceIdOf } from './context.js';

export const LOGGER = Symbol('LOGGER');

/** JSON lines on standard output; every line inside a request or a delivery carries its trace id. */
export type Logger = pino.Logger;

export function createLogger(service: string, level: string): Logger {
  return pino({
    name: service,
    level,
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Never a token, a password or an ID number in a log line.
    redact: ['authorization', '*.authorization', 'password', '*.password', 'citizenId', '*.citizenId'],
    mixin: () => {
      const context = currentContext();
      return context ? { traceId: traceIdOf(context.traceparent) } : {};
    },
  });
}

/** Nest's own messages in the same lines (nestjs-pino wants Node 22). */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: rest.at(-1) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(
      { detail: rest.map(String) },
      message instanceof Error ? (message.stack ?? message.message) : String(message),
    );
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: rest.at(-1) }, String(message));
  }

  debug(message: unknown): void {
    this.logger.trace(String(message));
  }

  verbose(message: unknown): void {
    this.logger.trace(String(message));
  }
}
