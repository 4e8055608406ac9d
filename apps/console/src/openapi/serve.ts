import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ApiDocument, mergeDocuments } from './merge.js';
import { ServiceDocuments } from './service-documents.js';

/**
 * One document of all services at `/openapi.json` and one page at `/docs`, made when it is asked for: the
 * services start and stop on their own. Those that are away are named in `x-missing`.
 *
 * @param ui false: the document alone
 */
export function serveMergedOpenApi(app: NestFastifyApplication, ui = true): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Chengxin 诚信')
    .setDescription('All services behind this address.')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .build();
  const documents = app.get(ServiceDocuments);
  type Document = ReturnType<typeof SwaggerModule.createDocument>;
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    ui,
    customSiteTitle: '诚信 Chengxin API',
    patchDocumentOnRequest: async (_request, _response, own): Promise<Document> => {
      const { parts, missing } = await documents.read();
      const merged = mergeDocuments(own as unknown as ApiDocument, parts);
      return { ...merged, ...(missing.length > 0 ? { 'x-missing': missing } : {}) } as unknown as Document;
    },
  });
}
