// Invites, made by the API from the page of one who is signed in, or by hand in the console.
import { expect, type Locator, type Page } from '@playwright/test';
import { heading, main } from './console.ts';
import { be, leaveForProvider } from './people.ts';

/** A code that no server ever made. */
export const PLANTED = `bwi_${'planted-'.repeat(5)}xyz`;

/** Calls the API as the page would. */
export async function call(page: Page, method: string, path: string, body?: unknown): Promise<any> {
  const answer = await page.evaluate(
    async ({ method, path, body }) => {
      const { session } = await (await fetch('/auth/session')).json();
      const headers = { 'content-type': 'application/json', 'x-bailiwick': session?.id ?? 'none' };
      const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      return { status: response.status, json: await response.json() };
    },
    { method, path, body },
  );
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.json)}`).toBeLessThan(300);
  return answer.json;
}

/** The id of the example organization or of one of its folders. */
export async function uidOf(page: Page, name: string): Promise<string> {
  const { groups } = await call(page, 'GET', `/iam/v2/groups?name=${name}`);
  return groups[0].uid;
}

export async function roleUid(page: Page, name: string): Promise<string> {
  const { roles } = await call(page, 'GET', `/iam/v2/roles?name=${name}`);
  return roles[0].uid;
}

export interface Wish {
  folder?: string;
  role?: string;
  email?: string;
  ttl?: string;
  singleUse?: boolean;
}

/** Makes an invite by the API; the answer has `uid`, `code` and `link`. */
export async function makeInvite(page: Page, wish: Wish = {}): Promise<any> {
  const group = await uidOf(page, wish.folder ?? 'dev');
  const roleUid_ = await roleUid(page, wish.role ?? 'viewer');
  const { email, ttl = '24h', singleUse = true } = wish;
  return call(page, 'POST', `/iam/v2/groupInvites/${group}`, { roleUid: roleUid_, email, ttl, singleUse });
}

/** Opens the Invites tab of a group of the example organization. */
export async function openInvites(page: Page, name = 'dev'): Promise<void> {
  const uid = await uidOf(page, name);
  await page.goto(`/orgs/${uid}/invites`);
  await expect(heading(page, name)).toBeVisible();
  await expect(inviteButton(page)).toBeVisible();
}

export function inviteButton(page: Page): Locator {
  return main(page).getByRole('button', { name: 'Invite people' });
}

/** Opens the form that invites to `name`. */
export async function openForm(page: Page, name = 'dev'): Promise<Locator> {
  await inviteButton(page).click();
  const dialog = page.getByRole('dialog', { name: `Invite people to ${name}` });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Role')).toBeVisible();
  return dialog;
}

/** The links that the dialog shows once, in their order. */
export async function linksOf(page: Page): Promise<string[]> {
  const dialog = page.getByRole('dialog', { name: /^Copy th/ });
  await expect(dialog).toBeVisible();
  return dialog.locator('code').allTextContents();
}

/** From an invite to the provider and back to it. */
export async function signInAtInvite(page: Page, email: string): Promise<void> {
  await leaveForProvider(page);
  await be(page, email);
  await expect(page).toHaveURL(/\/invite$/);
  await expect(page.getByRole('banner')).toContainText(email);
}
