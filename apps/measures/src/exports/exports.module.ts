import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports.js';

/** What leaves the system as a file, logged with its purpose. */
@Module({ controllers: [ExportsController], providers: [Exports], exports: [Exports] })
export class ExportsModule {}
