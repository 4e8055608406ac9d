import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'detailZh', 'cure', 'cureZh', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable code of the refusal' },
    detail: { type: 'string' },
    detailZh: { type: 'string' },
    cure: { type: 'string', description: 'what to do' },
    cureZh: { type: 'string' },
    field: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string' },
          code: { type: 'string' },
          reason: { type: 'string' },
          cure: { type: 'string' },
        },
      },
    },
    traceId: { type: 'string' },
  },
};

/** OpenAPI 3.1 of one service at `/openapi.json`, a page to read and try it at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication, name: string, description: string): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Chengxin 诚信: ${name}`)
    .setDescription(description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .addGlobalResponse({
      status: '4XX' as unknown as number,
      description: 'refused, with the reason and the cure (RFC 9457)',
      content: { 'application/problem+json': { schema: PROBLEM as object } },
    })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'openapi.json',
    useGlobalPrefix: false,
  });
}
