import { Module } from '@nestjs/common';
import { EventsController } from './events/events.controller.js';
import { HealthOfAllController } from './operations/health.controller.js';
import { MessagingOfAllController } from './operations/messaging.controller.js';
import { ServiceDocuments } from './openapi/service-documents.js';
import { CertificatePages } from './pages/certificates.js';
import { Login } from './pages/login.js';
import { PagesController } from './pages/pages.controller.js';
import { PassOn } from './proxy/pass-on.js';

@Module({
  controllers: [PagesController, EventsController, HealthOfAllController, MessagingOfAllController],
  providers: [CertificatePages, Login, PassOn, ServiceDocuments],
})
export class ConsoleModule {}
