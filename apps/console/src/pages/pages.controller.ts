import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#platform';
import { callbackPage, notSignedInPage } from './callback-page.js';
import { CertificatePages } from './certificates.js';
import { PAGE_HEADERS } from './html.js';
import { Login } from './login.js';
import { startPage } from './start-page.js';

const COOKIE = 'chengxin_login';

@ApiExcludeController()
@Public()
@Controller()
export class PagesController {
  readonly #cookieEnd: string;

  constructor(
    private readonly login: Login,
    private readonly certificates: CertificatePages,
  ) {
    this.#cookieEnd = `; Path=/callback; HttpOnly; SameSite=Lax${login.origin.startsWith('https:') ? '; Secure' : ''}`;
  }

  @Get()
  start(@Res() reply: FastifyReply): void {
    void reply.headers(PAGE_HEADERS).send(startPage());
  }

  @Get('certificates/:code')
  async certificate(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const { status, html } = await this.certificates.of(code);
    void reply.status(status).headers(PAGE_HEADERS).send(html);
  }

  @Get('login')
  async begin(@Res() reply: FastifyReply): Promise<void> {
    const { address, state, verifier } = await this.login.start();
    void reply
      .header('set-cookie', `${COOKIE}=${state}.${verifier}; Max-Age=600${this.#cookieEnd}`)
      .header('cache-control', 'no-store')
      .redirect(address, 303);
  }

  @Get('callback')
  async callback(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    void reply.headers(PAGE_HEADERS);
    const begun = /(?:^|;\s*)chengxin_login=([\w-]+)\.([\w-]+)/.exec(request.headers.cookie ?? '');
    if (!begun || !same(begun[1]!, query['state'])) {
      const [zh, en] = [
        '此登录不是从这里开始的,或已超过十分钟。',
        'This sign-in did not begin here, or more than ten minutes ago.',
      ];
      void reply.status(400).send(notSignedInPage(zh, en));
      return;
    }
    void reply.header('set-cookie', `${COOKIE}=; Max-Age=0${this.#cookieEnd}`);
    const { code } = query;
    if (typeof code !== 'string') {
      const reason = `${String(query['error'] ?? '')} ${String(query['error_description'] ?? '')}`
        .trim()
        .slice(0, 300);
      void reply
        .status(400)
        .send(notSignedInPage('身份服务没有给出授权码。', `The issuer gave no code: ${reason}`));
      return;
    }
    const { token_endpoint: tokenEndpoint } = await this.login.endpoints();
    void reply.send(
      callbackPage({ code, verifier: begun[2]!, redirect: this.login.redirect, tokenEndpoint }),
    );
  }
}

function same(expected: string, given: unknown): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(typeof given === 'string' ? given : '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
