import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import { currentContext, traceIdOf } from './context.js';

export const LOGGER = Symbol('LOGGER');

/** JSON lines on standard output; every line inside a request or a delivery carries its trace id. */
export type Logger = pino.Logger;

export function createLogger(service: string, level: string, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name: service,
    level,
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Never a token, a password or an ID number in a log line.
    // PostgreSQL's `detail` and `where` quote the row that failed.
    redact: [
      ...['authorization', '*.authorization', 'password', '*.password', 'citizenId', '*.citizenId'],
      ...['err.detail', 'err.where', 'err.cause.detail', 'err.cause.where'],
    ],
    mixin: () => {
      const context = currentContext();
      return context ? { traceId: traceIdOf(context.traceparent) } : {};
    },
  };
  return to ? pino(options, to) : pino(options);
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
