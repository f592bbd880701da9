// The API, asked as the page that is signed in asks it: with its cookie and for its session.
import type { Page } from '@playwright/test';

interface Folder {
  uid: string;
  name: string;
}

/** Asks the server from within the page, and answers with the body. Fails on any refusal. */
export async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([method, path, body]) => {
      const who = await (await fetch('/auth/session', { headers: { 'x-bailiwick': 'none' } })).json();
      const headers = { 'x-bailiwick': who.session.id, ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(path!, { method, headers, body });
      if (!answer.ok) {
        throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      }
      return answer.json();
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}

/** The id of the group that the page is about. */
export function shownUid(page: Page): string {
  return new URL(page.url()).pathname.replace('/orgs/', '');
}

/** Makes an organization. */
export function makeOrganization(page: Page, name: string): Promise<Folder> {
  return ask(page, 'POST', '/iam/v2/groups', { name });
}

/** Makes a folder below a group. */
export function makeFolder(page: Page, parent: string, name: string, description = ''): Promise<Folder> {
  return ask(page, 'POST', `/iam/v2/groups/${parent}`, { name, description });
}

/** Binds a built-in role to the person of another page, at a group. */
export async function bind(page: Page, other: Page, role: string, group: string): Promise<void> {
  const who = await other.evaluate(async () => (await (await fetch('/auth/session', { headers: { 'x-bailiwick': 'none' } })).json()).session.who);
  const { roles } = await ask<{ roles: Folder[] }>(page, 'GET', `/iam/v2/roles?name=${role}`);
  await ask(page, 'POST', `/iam/v2/roleBindings/${group}`, { identityUid: who.subject, roleUid: roles[0]!.uid });
}
