import { escapeHtml, page } from './html.js';

export interface Received {
  code: string;
  verifier: string;
  redirect: string;
  tokenEndpoint: string;
}

/** Shown after a login: there is no user interface yet that would use the code, so the reader gets it. */
export function callbackPage({ code, verifier, redirect, tokenEndpoint }: Received): string {
  const fields = {
    grant_type: 'authorization_code',
    client_id: 'chengxin-console',
    redirect_uri: redirect,
    code,
    code_verifier: verifier,
  };
  const lines = Object.entries(fields).map(
    ([name, value]) => `  --data-urlencode '${name}=${value.replaceAll("'", '')}'`,
  );
  const command = [`curl ${tokenEndpoint}`, ...lines].join(' \\\n');
  return page(
    '登录成功 Signed in',
    `<h1>登录成功 <small>Signed in</small></h1>
<p>业务界面尚未建成,此页只显示收到的授权码。它在 60 秒内可换取一次访问令牌:<br>
<small>There is no user interface yet; this page only shows the authorization code that it received. Within
60 seconds it can be exchanged, once, for an access token:</small></p>
<pre>${escapeHtml(command)}</pre>
<p>令牌用于接口请求 <small>The token goes into API requests</small>: <code>Authorization: Bearer &lt;access_token&gt;</code></p>
<p><a href="/">首页 Start page</a></p>`,
  );
}

export function notSignedInPage(zh: string, en: string): string {
  return page(
    '未登录 Not signed in',
    `<h1>未登录 <small>Not signed in</small></h1>
<p>${escapeHtml(zh)}<br><small>${escapeHtml(en)}</small></p>
<p><a href="/login">重新登录 Sign in again</a> · <a href="/">首页 Start page</a></p>`,
  );
}
