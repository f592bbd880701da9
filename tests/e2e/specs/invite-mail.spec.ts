// Mail of invites, from the real server to a mail server that somebody else wrote.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';
import { ask, makeFolder, makeOrganization } from '../support/api.ts';
import { roleOf } from '../support/invites.ts';
import { agree, CLIENT, Oidc } from '../support/oidc.ts';
import { expectSignedIn } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { Server } from '../support/server.ts';
import { ACCOUNT, Sink } from '../support/sink.ts';

const ADA = 'ada@engines.test';

const test = base.extend<{ oidc: Oidc; port: number; sink: Sink; withAccount: boolean }>({
  withAccount: [false, { option: true }],
  port: async ({}, use) => use(await freePort()),
  oidc: async ({ port }, use) => {
    const oidc = await Oidc.create(`http://localhost:${port}/oauth/callback/engines`, false);
    await use(oidc);
    await oidc.stop();
  },
  sink: async ({}, use) => {
    const sink = new Sink(await freePort());
    await use(sink);
    await sink.stop();
  },
  server: async ({ port, oidc, sink, withAccount }, use, info) => {
    const secret = join(tmpdir(), `bailiwick-smtp-${port}.secret`);
    writeFileSync(secret, `${ACCOUNT.password}\n`);
    const account = withAccount ? `username = "${ACCOUNT.username}"\npassword_file = "${secret}"\n` : '';
    const server = await Server.configured(
      port,
      oidc.issuer,
      `[organizations]\ncreate = "anyone"\n` +
        `[smtp]\nhost = "127.0.0.1"\nport = ${sink.port}\ntls = "none"\nfrom = "Bailiwick <id@engines.test>"\n${account}` +
        `[[providers]]\nid = "engines"\nname = "Engines"\nissuer = "${oidc.issuer}"\n` +
        `client_id = "${CLIENT}"\nallow_insecure = true\n`,
    );
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server log', { body: server.log });
    }
    await server.dispose();
    rmSync(secret);
  },
  page: async ({ page, context, oidc, announced }, use) => {
    announced.foreign('https://fonts.googleapis.com');
    await context.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
    await context.route(`${oidc.issuer}/favicon.ico`, (route) => route.fulfill({ status: 204 }));
    await page.goto('/');
    await page.getByRole('button', { name: 'Continue with Engines' }).click();
    await agree(page, ADA);
    await expectSignedIn(page, ADA);
    await use(page);
  },
});

interface Invite {
  uid: string;
  code: string;
  link: string;
  mail: { state: string; updateTime: string };
}

/** Invites an address to the folder `dev` of a new organization `acme`, as the page would. */
async function inviteByMail(page: Page, email: string): Promise<Invite> {
  const organization = await makeOrganization(page, 'acme');
  const folder = await makeFolder(page, organization.uid, 'dev');
  const body = { roleUid: await roleOf(page, 'viewer'), email, ttl: '24h' };
  const invite = await ask<Invite>(page, 'POST', `/iam/v2/groupInvites/${folder.uid}`, body);
  expect(invite.mail.state).toBe('QUEUED');
  return invite;
}

async function mailState(page: Page, { uid }: Invite): Promise<string> {
  const { mail } = await ask<Invite>(page, 'GET', `/iam/v2/groupInvites/${uid}`);
  return mail.state;
}

test.describe('with an account at the mail server', () => {
  test.use({ withAccount: true });

  test('an address gets one mail that says everything and opens the invite', async ({ page, sink, server }) => {
    await sink.start();
    const invite = await inviteByMail(page, 'bob@bücher.test');
    await expect.poll(() => mailState(page, invite)).toBe('SENT');
    expect(sink.accounts).toEqual([ACCOUNT.username]);
    // The sink shows a domain as people read it.
    expect(sink.recipients).toEqual(['bob@bücher.test']);
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;

    expect(mail!.subject).toBe('Invitation to acme');
    expect(mail!.from!.text).toBe('"Bailiwick" <id@engines.test>');
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail!.messageId).toMatch(/^<[\w-]+@localhost>$/);
    expect(mail!.date!.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(mail!.attachments).toEqual([]);
    for (const part of [mail!.text!, mail!.html as string]) {
      for (const said of [`Ada Lovelace (${ADA})`, 'acme / dev', 'Viewer', 'UTC', 'bob@bücher.test', invite.link, 'ignore this mail']) {
        expect(part).toContain(said);
      }
    }
    expect(mail!.html).not.toMatch(/<(script|img|style|link)/);
    const links = (mail!.text!.match(/https?:\S+/g) ?? []).concat((mail!.html as string).match(/(?<=href=")[^"]+/g) ?? []);
    expect(new Set(links)).toEqual(new Set([invite.link]));
    expect(invite.link).toBe(`${server.url}/invite#${invite.code}`);
    const headers = [...mail!.headerLines].map(({ line }) => line).join('\n');
    expect(headers).toContain('bob@xn--bcher-kva.test');
    expect(headers).not.toContain(invite.code);

    const shown = await ask<{ group: { name: string } }>(page, 'POST', '/iam/v2/groupInvites:inspect', { code: links[0]!.split('#')[1] });
    expect(shown.group.name).toBe('dev');
    expect(server.log).not.toContain(invite.code);
  });
});

test('a mail waits for a mail server that is down, and is sent once it is up', async ({ page, sink, server }) => {
  const invite = await inviteByMail(page, 'bob@example.com');
  await expect.poll(() => server.log).toContain('mail not sent');
  expect(await mailState(page, invite)).toBe('QUEUED');
  await sink.start();
  await expect.poll(() => mailState(page, invite), { timeout: 25_000 }).toBe('SENT');
  expect(sink.mails).toHaveLength(1);
  expect(sink.mails[0]!.text).toContain(invite.link);
  expect(server.log).not.toContain(invite.code);
});

test('a mail that is waiting is sent after the power has gone', async ({ page, sink, server }) => {
  const invite = await inviteByMail(page, 'bob@example.com');
  await server.stop('SIGKILL');
  await sink.start();
  await server.start();
  await expect.poll(() => sink.mails.length, { timeout: 25_000 }).toBe(1);
  expect(sink.mails[0]!.text).toContain(invite.link);
});

test('what the mail server refuses is shown as failed and not tried again', async ({ page, sink, server }) => {
  sink.refuses = true;
  await sink.start();
  const invite = await inviteByMail(page, 'nobody@example.com');
  await expect.poll(() => mailState(page, invite)).toBe('FAILED');
  expect(sink.mails).toEqual([]);
  expect(server.log).toContain('550');
  expect(server.log).not.toContain(invite.code);
  expect(server.log).not.toContain('nobody@example.com');
});
