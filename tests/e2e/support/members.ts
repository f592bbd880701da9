// Members, people and roles: the way to their pages, and answers that the example cannot bring about.
import { expect, type Locator, type Page } from '@playwright/test';
import { ask } from './api.ts';
import { heading, main } from './console.ts';
import { uidOf } from './invites.ts';

const TIME = '2026-01-02T03:04:05Z';

export interface Person {
  uid: string;
  email?: string;
}

/** Opens a page of the example organization as a whole. */
export async function openPart(page: Page, part: string): Promise<string> {
  const org = await uidOf(page, 'example');
  await page.goto(`/orgs/${org}/${part}`);
  return org;
}

export async function openMembers(page: Page, query = ''): Promise<void> {
  await openPart(page, `members${query}`);
  await expect(page.getByRole('heading', { name: /^Members/, level: 1 })).toBeVisible();
}

export function memberRow(page: Page, name: string): Locator {
  const link = page.getByRole('link', { name, exact: true });
  return main(page).getByRole('row').filter({ has: link });
}

/** Opens the page of someone whom the members' list has. */
export async function openPerson(page: Page, email: string, query = ''): Promise<void> {
  const { identities } = await ask<{ identities: Person[] }>(page, 'GET', `/iam/v2/identities?search=${email}`);
  await openPart(page, `members/${identities[0]!.uid}${query}`);
  await expect(heading(page, email)).toBeVisible();
}

export async function openRoles(page: Page, query = ''): Promise<void> {
  await openPart(page, `roles${query}`);
  await expect(heading(page, 'Roles')).toBeVisible();
}

/** Makes a custom role of the example organization by the API. */
export async function makeRole(page: Page, name: string, capabilities: string[], description = ''): Promise<{ uid: string }> {
  const org = await uidOf(page, 'example');
  return ask(page, 'POST', `/iam/v2/roles/${org}`, { name, description, capabilities });
}

/** Opens the page of a role by its id. */
export async function openRole(page: Page, uid: string, name: string): Promise<void> {
  await openPart(page, `roles/${uid}`);
  await expect(heading(page, name)).toBeVisible();
}

/** A person as the list of identities has them. */
export function person(at: number, change: object = {}) {
  const uid = at.toString(16).padStart(40, '0');
  const group = { uid: 'a'.repeat(40), name: 'example' };
  const roleBindings = [{ uid: `${group.uid}/${'1'.repeat(16)}`, group, role: { uid: 'b'.repeat(40), name: 'viewer' } }];
  const claimMatch = { issuer: 'https://login.example.com', subject: `subject-${at}` };
  return {
    uid,
    email: `person-${at}@example.com`,
    createTime: TIME,
    lastSeenTime: TIME,
    claimMatch,
    providerName: 'Example sign-in',
    roleBindings,
    roleBindingCount: 1,
    ...change,
  };
}

/** Answers every list of identities with these people, 50 a page. */
export async function listsPeople(page: Page, people: object[]): Promise<void> {
  await page.route('**/iam/v2/identities?*', (route) => {
    const url = new URL(route.request().url());
    const skip = Number(url.searchParams.get('skip') ?? 0);
    const here = people.slice(skip, skip + 50);
    const nextPageToken = skip + 50 < people.length ? 'more' : '';
    return route.fulfill({ json: { identities: here, totalCount: String(people.length), nextPageToken, skipped: skip } });
  });
}
