// How far the mails of invites are, as a server that sends mail tells it.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { inviteRow as row, linksDialog, linksOf, openForm, openInvites } from '../support/invites.ts';
import { OWNER, signIn } from '../support/people.ts';

const [ADA, BOB] = ['ada@example.com', 'bob@example.com'];

type State = 'QUEUED' | 'SENT' | 'FAILED';

/** This page is told that mail is sent, and how far it is. */
async function sendsMail(page: Page, stateOf: (email: string) => State): Promise<void> {
  const withMail = (invite: any) => ({ ...invite, mail: { state: stateOf(invite.email), updateTime: invite.createTime } });
  await page.route('**/auth/session', async (route) => {
    const json = await (await route.fetch()).json();
    await route.fulfill({ json: { ...json, mail: true } });
  });
  await page.route('**:batchCreate', async (route) => {
    const { results } = await (await route.fetch()).json();
    await route.fulfill({ json: { results: results.map((one: any) => ({ ...one, invite: withMail(one.invite) })) } });
  });
  await page.route('**/iam/v2/groupInvites?*', async (route) => {
    const json = await (await route.fetch()).json();
    await route.fulfill({ json: { ...json, groupInvites: json.groupInvites.map(withMail) } });
  });
}

test('each link says how far its mail is until all are sent or have failed', async ({ page }) => {
  await signIn(page, OWNER);
  const states: Record<string, State> = { [ADA]: 'QUEUED', [BOB]: 'QUEUED' };
  await sendsMail(page, (email) => states[email]!);
  await openInvites(page);
  const form = await openForm(page);
  await expect(form).toContainText('Each gets a mail');
  await form.getByRole('textbox', { name: 'Addresses' }).fill(`${ADA}, ${BOB}\n`);
  await form.getByRole('button', { name: 'Create 2 invites' }).click();
  expect(await linksOf(page)).toHaveLength(2);
  const dialog = linksDialog(page);
  const item = (email: string) => dialog.getByRole('listitem').filter({ hasText: email });
  await expect(dialog).toContainText('0 of 2 mails sent.');
  await expect(dialog).not.toContainText('No mail is sent');
  await expect(item(ADA)).toContainText('Mail on its way');
  states[ADA] = 'SENT';
  await expect(item(ADA)).toContainText('Mail sent');
  await expect(item(BOB)).toContainText('Mail on its way');
  await expect(dialog).toContainText('1 of 2 mails sent.');
  states[BOB] = 'FAILED';
  await expect(item(BOB)).toContainText('Mail failed');
  await expect(dialog).toContainText('1 failed: hand over the link yourself.');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, ADA)).toContainText('Mail sent');
  await expect(row(page, BOB)).toContainText('Mail failed');
});

test('the list asks again while a mail is on its way, and then no more', async ({ page }) => {
  await signIn(page, OWNER);
  const states: Record<string, State> = { [ADA]: 'QUEUED' };
  await sendsMail(page, (email) => states[email]!);
  await openInvites(page);
  const form = await openForm(page);
  await form.getByRole('textbox', { name: 'Addresses' }).fill(`${ADA}\n`);
  await form.getByRole('button', { name: 'Create invite' }).click();
  await linksOf(page);
  await page.reload();
  await expect(row(page, ADA)).toContainText('Mail on its way');
  await page.clock.install();
  await page.reload();
  await expect(row(page, ADA)).toContainText('Mail on its way');
  states[ADA] = 'SENT';
  await page.clock.runFor(2_000);
  await expect(row(page, ADA)).toContainText('Mail sent');
  let requests = 0;
  page.on('request', (request) => {
    requests += Number(request.url().includes('/iam/v2/groupInvites?'));
  });
  await page.clock.runFor(120_000);
  expect(requests).toBe(0);
});
