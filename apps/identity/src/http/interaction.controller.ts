import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, type Provider } from 'oidc-provider';
import { Public, SETTINGS } from '#platform';
import { LogIn, type LogInResult } from '../commands/log-in.js';
import { type Bilingual, loginPage, messagePage, pageHeaders } from '../provider/pages.js';
import { OPENID_PROVIDER } from '../provider/provider.js';
import { consoleOrigin, type IdentitySettings } from '../settings.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Form = Partial<Record<'username' | 'password' | 'cancel', unknown>>;

/**
 * The login form. A login belongs to the browser that began it: the signed interaction cookie, sent only to
 * this address, must name the same interaction as the address, so no other site can post the form.
 */
@ApiExcludeController()
@Public()
@Controller('oidc/interaction')
export class InteractionController {
  readonly #console: string;

  constructor(
    @Inject(OPENID_PROVIDER) private readonly provider: Provider | undefined,
    private readonly logIn: LogIn,
    @Inject(SETTINGS) settings: IdentitySettings,
  ) {
    this.#console = consoleOrigin(settings);
  }

  @Get(':uid')
  async form(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('uid') uid: string,
  ): Promise<void> {
    const interaction = await this.#interaction(request, reply, uid);
    if (!interaction) return this.#startAgain(reply);
    const hint = interaction.params['login_hint'];
    this.#showForm(reply, 200, uid, typeof hint === 'string' ? hint : '');
  }

  @Post(':uid')
  async submit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('uid') uid: string,
    @Body() body: Form | undefined,
  ): Promise<void> {
    const interaction = await this.#interaction(request, reply, uid);
    if (!interaction) return this.#startAgain(reply);
    if (body?.cancel) {
      return this.#goOn(request, reply, {
        error: 'access_denied',
        error_description: 'cancelled by the person',
      });
    }
    const [username, password] = [text(body?.username), text(body?.password)];
    const result = await this.logIn.run(username, password, request.ip);
    if (result.outcome === 'accepted') {
      return this.#goOn(request, reply, { login: { accountId: result.username, remember: false } });
    }
    if (result.outcome === 'wait') reply.header('retry-after', String(result.seconds));
    this.#showForm(reply, result.outcome === 'wait' ? 429 : 403, uid, username, faultOf(result));
  }

  async #interaction(
    request: FastifyRequest,
    reply: FastifyReply,
    uid: string,
  ): Promise<Interaction | undefined> {
    try {
      const interaction = await this.provider?.interactionDetails(request.raw, reply.raw);
      return interaction?.uid === uid && interaction.prompt.name === 'login' ? interaction : undefined;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }

  async #goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    result: Parameters<Provider['interactionResult']>[2],
  ): Promise<void> {
    const address = await this.provider!.interactionResult(request.raw, reply.raw, result, {
      mergeWithLastSubmission: false,
    });
    void reply.redirect(address, 303);
  }

  #showForm(reply: FastifyReply, status: number, uid: string, username: string, fault?: Bilingual): void {
    const action = `/oidc/interaction/${encodeURIComponent(uid)}`;
    void reply
      .status(status)
      .headers(pageHeaders(this.#console))
      .send(loginPage({ action, username, fault }));
  }

  #startAgain(reply: FastifyReply): void {
    const shown = messagePage(
      { zh: '登录已失效', en: 'This sign-in has ended' },
      {
        zh: '登录页面等待过久、已经用过,或不是在此浏览器中打开的。请回到首页重新登录。',
        en: 'The form waited too long, was used already, or was not opened in this browser. Start again from the start page.',
      },
      this.#console,
    );
    void reply.status(400).headers(pageHeaders(this.#console)).send(shown);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function faultOf(result: Exclude<LogInResult, { outcome: 'accepted' }>): Bilingual {
  if (result.outcome === 'refused') {
    return { zh: '账号或密码不正确。', en: 'The username or the password is not right.' };
  }
  return {
    zh: `尝试次数过多,请在 ${result.seconds} 秒后重试。`,
    en: `Too many tries; try again in ${result.seconds} seconds.`,
  };
}
