// Invites that cannot be accepted, each by the real server: its own words, and a way on.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask, bind } from '../support/api.ts';
import { heading } from '../support/console.ts';
import { type Invite, makeInvite, roleOf, uidOf } from '../support/invites.ts';
import { EDITOR, OWNER, signIn, STRANGER } from '../support/people.ts';

type NewBrowser = () => Promise<BrowserContext>;

/** Somebody signed in, in another browser. */
async function other(newBrowser: NewBrowser, email: string): Promise<Page> {
  const page = await (await newBrowser()).newPage();
  await signIn(page, email);
  return page;
}

const about = (invite: Invite) => `/iam/v2/groupInvites/${invite.uid}`;
const join = (page: Page) => page.getByRole('button', { name: 'Join example' });

/** The page says why not, offers no way to join, and changed nothing. */
async function isRefused(page: Page, title: string, words: string): Promise<void> {
  await expect(heading(page, title)).toBeVisible();
  await expect(page.getByRole('main')).toContainText(words);
  await expect(join(page)).toHaveCount(0);
  const held = await ask<{ groups?: unknown[] }>(page, 'GET', '/iam/v2/groups');
  expect(held.groups ?? []).toEqual([]);
}

test.beforeEach(async ({ page, announced }) => {
  announced.status(400);
  announced.status(404);
  await signIn(page, OWNER);
});

test('revoked before it is opened, and while it is open', async ({ page, newBrowser }) => {
  const [one, two] = [await makeInvite(page), await makeInvite(page, { folder: 'prod' })];
  const guest = await other(newBrowser, STRANGER);
  await ask(page, 'DELETE', about(one));
  await guest.goto(one.link);
  await isRefused(guest, 'This invite was taken back', 'ask whoever invited you');
  await guest.goto(two.link);
  await expect(join(guest)).toBeVisible();
  await ask(page, 'DELETE', about(two));
  await join(guest).click();
  await isRefused(guest, 'This invite was taken back', 'ask whoever invited you');
});

test('one that a newer link took the place of', async ({ page, newBrowser }) => {
  const invite = await makeInvite(page);
  const newer = await ask<Invite>(page, 'POST', `${about(invite)}:reissue`, {});
  const guest = await other(newBrowser, STRANGER);
  await guest.goto(invite.link);
  await isRefused(guest, 'There is a newer link', 'ask for the new link');
  await guest.goto(newer.link);
  await expect(join(guest)).toBeVisible();
});

test('used by somebody who was faster', async ({ page, newBrowser }) => {
  const invite = await makeInvite(page, { folder: 'staging' });
  const guest = await other(newBrowser, STRANGER);
  await guest.goto(invite.link);
  await expect(join(guest)).toBeVisible();
  const faster = await other(newBrowser, 'faster@elsewhere.test');
  await faster.goto(invite.link);
  await join(faster).click();
  await expect(heading(faster, 'staging')).toBeVisible();
  await join(guest).click();
  await isRefused(guest, 'This invite has been used', 'a link of your own');
});

test('the inviter was demoted meanwhile', async ({ page, newBrowser }) => {
  const second = await other(newBrowser, EDITOR);
  const organization = await uidOf(page, 'example');
  await bind(page, second, 'owner', organization);
  const invite = await makeInvite(second);
  const bindings = `/iam/v2/roleBindings?group=${organization}&role=${await roleOf(page, 'owner')}`;
  type Bindings = { roleBindings: { uid: string; identity: { email: string } }[] };
  const { roleBindings } = await ask<Bindings>(page, 'GET', bindings);
  const theirs = roleBindings.find(({ identity }) => identity.email === EDITOR);
  const guest = await other(newBrowser, STRANGER);
  await guest.goto(invite.link);
  await expect(join(guest)).toBeVisible();
  await ask(page, 'DELETE', `/iam/v2/roleBindings/${theirs!.uid}`);
  await join(guest).click();
  await isRefused(guest, 'This invite no longer holds', 'may no longer give this role');
});

test('its folder was deleted, or its code is not quite right', async ({ page, newBrowser }) => {
  const invite = await makeInvite(page, { folder: 'prod' });
  const guest = await other(newBrowser, STRANGER);
  for (const wrong of [invite.link.slice(0, -1), `${invite.link}x`, invite.link.toUpperCase().replace(/^.*#/, '/invite#')]) {
    await guest.goto(wrong);
    await isRefused(guest, 'We do not know this invite', 'its place was deleted');
  }
  await ask(page, 'DELETE', `/iam/v2/groups/${await uidOf(page, 'prod')}`);
  await guest.goto(invite.link);
  await isRefused(guest, 'We do not know this invite', 'its place was deleted');
});

test('too many wrong codes from one address', async ({ page, newBrowser, announced }) => {
  announced.status(429);
  const invite = await makeInvite(page);
  const guest = await other(newBrowser, STRANGER);
  const tries = await guest.evaluate(async () => {
    const { session } = await (await fetch('/auth/session', { headers: { 'x-bailiwick': 'none' } })).json();
    const headers = { 'content-type': 'application/json', 'x-bailiwick': session.id };
    const body = JSON.stringify({ code: `bwi_${'x'.repeat(43)}` });
    const statuses: number[] = [];
    for (let tries = 0; tries < 21; tries += 1) {
      statuses.push((await fetch('/iam/v2/groupInvites:inspect', { method: 'POST', headers, body })).status);
    }
    return statuses;
  });
  expect(new Set(tries.slice(0, 20))).toEqual(new Set([404]));
  expect(tries[20]).toBe(429);
  await guest.goto(invite.link);
  await expect(guest.getByRole('main')).toContainText(/minute/);
  await expect(join(guest)).toHaveCount(0);
});
