// The Access tab: the way there, and answers about access that a test cannot easily bring about.
import { expect, type Locator, type Page } from '@playwright/test';
import { ask } from './api.ts';
import { heading, main } from './console.ts';
import { uidOf } from './invites.ts';

export interface Named {
  uid: string;
  name: string;
}

/** Goes to the Access tab of a group of the example organization, perhaps without the right to it. */
export async function goToAccess(page: Page, name = 'dev', query = ''): Promise<void> {
  const uid = await uidOf(page, name);
  await page.goto(`/orgs/${uid}/access${query}`);
  await expect(heading(page, name)).toBeVisible();
}

/** Goes there and waits for the table. */
export async function openAccess(page: Page, name = 'dev', query = ''): Promise<void> {
  await goToAccess(page, name, query);
  await expect(main(page).getByRole('table')).toBeVisible();
}

export function addButton(page: Page): Locator {
  return main(page).getByRole('button', { name: 'Add access' });
}

/** The row of a person's binding, told from others of theirs by the role. */
export function accessRow(page: Page, person: string, role = ''): Locator {
  return main(page).getByRole('row').filter({ hasText: person }).filter({ hasText: role });
}

/** Opens a row's menu and chooses from it. */
export async function chooseFor(page: Page, person: string, item: string): Promise<void> {
  await accessRow(page, person).getByRole('button', { name: /^More for / }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The question before changes are saved. */
export function reviewDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /^(Change|Remove) access to .*\?$/ });
}

/** The id of the identity of the person who is signed in at a page. */
export async function identityOf(page: Page): Promise<string> {
  const answer = await page.evaluate(async () => (await fetch('/auth/session', { headers: { 'x-bailiwick': 'none' } })).json());
  return answer.session.who.subject;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Answers every list of bindings with two pages of one. */
export async function answerTwoPages(page: Page): Promise<void> {
  const dev = { uid: await uidOf(page, 'dev'), name: 'dev' };
  const one = (at: number, email: string) => ({
    uid: `${dev.uid}/${String(at).repeat(16)}`,
    identity: { uid: String(at).repeat(40), email },
    group: dev,
    role: { uid: 'a'.repeat(40), name: 'viewer' },
    createTime: '2026-01-02T03:04:05Z',
  });
  await page.route(
    (url) => url.pathname === '/iam/v2/roleBindings' && !url.searchParams.has('reaching'),
    (route) => {
      const isFirst = !new URL(route.request().url()).searchParams.has('pageToken');
      const roleBindings = [isFirst ? one(1, 'first@example.com') : one(2, 'second@example.com')];
      return route.fulfill({ json: { roleBindings, nextPageToken: isFirst ? 'more' : '', totalCount: '2', skipped: 0 } });
    },
  );
}

/** Answers the lists of bindings: `here` of the group itself, `above` inherited. */
export async function answerBindings(page: Page, folder = 'dev'): Promise<void> {
  const [group, root] = [await uidOf(page, folder), await uidOf(page, 'example')];
  let made = 0;
  const binding = (email: string, role: string, at: Named, expireTime?: string) => ({
    uid: `${at.uid}/${String((made += 1)).padStart(16, '0')}`,
    identity: { uid: String(made).padStart(40, 'e'), email },
    group: at,
    role: { uid: role.padEnd(40, '0').replace(/[^0-9a-f]/g, 'a'), name: role },
    createTime: '2026-01-02T03:04:05Z',
    expireTime,
    etag: '"1"',
  });
  const [here, above] = [{ uid: group, name: folder }, { uid: root, name: 'example' }];
  const parts = {
    here: [
      binding('contractor@example.com', 'editor', here, inDays(3)),
      binding('editor@example.com', 'editor', here),
      binding('someone.with.a.very.long.name.indeed@a.rather.long.department.example.com', 'release-manager', here, inDays(200)),
    ],
    above: [
      binding('auditor@example.com', 'viewer', above, inDays(5)),
      binding('owner@example.com', 'owner', above),
      binding('second-owner@example.com', 'owner', above),
    ],
  };
  await page.route(
    (url) => url.pathname === '/iam/v2/roleBindings',
    (route) => {
      const query = new URL(route.request().url()).searchParams;
      const search = query.get('search') ?? '';
      const all = query.has('reaching') ? parts.above : parts.here;
      const found = all.filter((one) => `${one.identity.email} ${one.role.name}`.includes(search));
      const roleBindings = found.filter((one) => one.expireTime !== undefined || !query.has('endingWithin'));
      return route.fulfill({ json: { roleBindings, totalCount: `${roleBindings.length}`, skipped: 0 } });
    },
  );
}

/** The wire form of the capabilities of a built-in role, as the server tells it. */
async function setOf(page: Page, role: string): Promise<string> {
  const { roles } = await ask<{ roles: { capabilitySet: string }[] }>(page, 'GET', `/iam/v2/roles?name=${role}`);
  return roles[0]!.capabilitySet;
}

/** Answers `access:preview`: someone becomes owner, two lose, one of them is who looks. */
export async function answerPreview(page: Page, change: object = {}): Promise<void> {
  const [owner, viewer] = [await setOf(page, 'owner'), await setOf(page, 'viewer')];
  const group = { uid: await uidOf(page, 'dev'), name: 'dev' };
  const none = 'AAAAAAAAADIAAAAAAAAAAA==';
  const one = (email: string, rest: object) => ({ identity: { uid: email.replace(/[^a-f]/g, '1').padEnd(40, '2').slice(0, 40), email }, ...rest });
  const people = [
    one('owner@example.com', { you: true, lost: 126, wasOwner: true, places: [{ group, gained: none, lost: owner }] }),
    one('contractor@example.com', { lost: 14, places: [{ group, gained: none, lost: viewer }, { group: { ...group, name: 'staging' }, gained: none, lost: viewer }] }),
    one('editor@example.com', { gained: 73, becomesOwner: true, places: [{ group, gained: owner, lost: none }] }),
  ];
  const answer = { revision: '7', gainCount: 1, loseCount: 2, ownerCount: 2, people, refusals: [], ...change };
  await page.route('**/iam/v2/access:preview', (route) => route.fulfill({ json: answer }));
}

/** Refuses `access:apply` once because somebody changed something meanwhile. */
export async function answerOutdated(page: Page): Promise<void> {
  const body = {
    code: 10,
    message: 'Somebody changed access meanwhile.',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'REVISION_CHANGED', domain: 'bailiwick' }],
  };
  await page.route('**/iam/v2/access:apply', (route) => route.fulfill({ status: 409, json: body }), { times: 1 });
}

/** Answers `access:explain` about a capability with yes or no, and about all with a few. */
export async function answerExplain(page: Page, may: boolean, change: object = {}): Promise<void> {
  const [dev, example] = [await uidOf(page, 'dev'), await uidOf(page, 'example')];
  const [root, group] = [{ uid: example, name: 'example' }, { uid: dev, name: 'dev' }];
  const editor = { uid: 'a'.repeat(40), name: 'editor' };
  const bindings = [
    {
      uid: `${example}/${'1'.repeat(16)}`,
      group: may ? group : root,
      role: editor,
      capabilitySet: await setOf(page, 'editor'),
      effect: may ? 'GRANTED' : 'LACKS',
      creator: { email: 'owner@example.com', host: false },
      createTime: '2026-01-02T03:04:05Z',
      expireTime: inDays(5),
    },
  ];
  const identity = { uid: 'b'.repeat(40), email: 'contractor@example.com' };
  const remedy = { kind: 'BIND', role: { uid: 'c'.repeat(40), name: 'folder-keeper' }, gained: 4, byYou: true, by: [{ uid: 'd'.repeat(40), email: 'second-owner@example.com' }], byRoles: [{ uid: 'f'.repeat(40), name: 'owner' }] };
  const names = ['groups.create', 'groups.list', 'repo.create', 'repo.list', 'repo.update'];
  await page.route('**/iam/v2/access:explain', (route) => {
    const { action } = route.request().postDataJSON();
    const common = { group, path: [root], identity, bindings, ...change };
    const all = { ...common, capabilities: names.map((name) => ({ name, bindings: [0] })) };
    const one = { ...common, decision: may, ...(may ? {} : { remedy }), ...change };
    return route.fulfill({ json: action ? one : all });
  });
}
