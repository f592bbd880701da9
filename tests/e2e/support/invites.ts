// Invites, made by the API from the page of one who is signed in, or by hand in the console.
import { expect, type Locator, type Page } from '@playwright/test';
import { ask } from './api.ts';
import { heading, main } from './console.ts';
import { be, leaveForProvider } from './people.ts';

/** A code that no server ever made. */
export const PLANTED = `bwi_${'planted-'.repeat(5)}xyz`;

/** The id of the example organization or of one of its folders. */
export async function uidOf(page: Page, name: string): Promise<string> {
  const { groups } = await ask<{ groups: { uid: string }[] }>(page, 'GET', `/iam/v2/groups?name=${name}`);
  return groups[0]!.uid;
}

/** The id of a built-in role. */
export async function roleOf(page: Page, name: string): Promise<string> {
  const { roles } = await ask<{ roles: { uid: string }[] }>(page, 'GET', `/iam/v2/roles?name=${name}`);
  return roles[0]!.uid;
}

export interface Wish {
  folder?: string;
  role?: string;
  email?: string;
  ttl?: string;
  singleUse?: boolean;
}

export interface Invite {
  uid: string;
  code: string;
  link: string;
}

/** Makes an invite by the API. */
export async function makeInvite(page: Page, wish: Wish = {}): Promise<Invite> {
  const { folder = 'dev', role = 'viewer', email, ttl = '24h', singleUse = true } = wish;
  const [group, roleUid] = [await uidOf(page, folder), await roleOf(page, role)];
  return ask(page, 'POST', `/iam/v2/groupInvites/${group}`, { roleUid, email, ttl, singleUse });
}

/** Opens the Invites tab of a group of the example organization. */
export async function openInvites(page: Page, name = 'dev'): Promise<void> {
  await goToInvites(page, name);
  await expect(inviteButton(page)).toBeVisible();
}

/** Goes there, perhaps without the right to see them. */
export async function goToInvites(page: Page, name = 'dev'): Promise<void> {
  const uid = await uidOf(page, name);
  await page.goto(`/orgs/${uid}/invites`);
  await expect(heading(page, name)).toBeVisible();
}

export function inviteButton(page: Page): Locator {
  return main(page).getByRole('button', { name: 'Invite people' });
}

/** Opens the form that invites to `name`. */
export async function openForm(page: Page, name = 'dev'): Promise<Locator> {
  await inviteButton(page).click();
  const dialog = page.getByRole('dialog', { name: `Invite people to ${name}` });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Role', { exact: true })).toBeVisible();
  return dialog;
}

/** The dialog that shows new links, once. */
export function linksDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Copy th/ });
}

/** The links that it shows, in their order. */
export async function linksOf(page: Page): Promise<string[]> {
  const dialog = linksDialog(page);
  await expect(dialog).toBeVisible();
  return dialog.locator('code').allTextContents();
}

/** The row of the list with this in it. */
export function inviteRow(page: Page, name: string): Locator {
  return main(page).getByRole('row', { name: new RegExp(name) });
}

const LIST = /\/iam\/v2\/groupInvites\?/;

/** The list shows its invites with these changes, in their order: for what takes longer than a test. */
export async function listsThem(page: Page, changes: object[]): Promise<void> {
  await page.route(LIST, async (route) => {
    const answer = await route.fetch();
    const json = await answer.json();
    const groupInvites = json.groupInvites.map((invite: object, at: number) => ({ ...invite, ...changes[at] }));
    await route.fulfill({ json: { ...json, groupInvites } });
  });
}

/** The list comes as two pages, each with all of it. */
export async function listsTwoPages(page: Page): Promise<void> {
  await page.route(LIST, async (route) => {
    const url = new URL(route.request().url());
    const isFirst = !url.searchParams.has('pageToken');
    url.searchParams.delete('pageToken');
    const json = await (await route.fetch({ url: url.href })).json();
    const nextPageToken = isFirst ? 'more' : '';
    await route.fulfill({ json: { ...json, nextPageToken, totalCount: `${2 * json.groupInvites.length}` } });
  });
}

/** The server tells this page that its person holds nothing. */
export async function holdsNothing(page: Page): Promise<void> {
  await page.route('**/auth/session', async (route) => {
    const json = await (await route.fetch()).json();
    for (const held of json.session?.who.capabilities ?? []) {
      held.capabilitySet = '';
    }
    await route.fulfill({ json });
  });
}

/** From an invite to the provider and back to it. */
export async function signInAtInvite(page: Page, email: string): Promise<void> {
  await leaveForProvider(page);
  await be(page, email);
  await expect(page).toHaveURL(/\/invite$/);
  await expect(page.getByRole('banner')).toContainText(email);
}
