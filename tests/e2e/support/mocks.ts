// Answers of the server that a test cannot easily bring about for real.
import type { Page, Route } from '@playwright/test';

interface Group {
  uid: string;
  name: string;
  createTime: string;
  updateTime: string;
  path: { uid: string; name: string }[];
  hasChildren: boolean;
}

const TIME = '2026-01-02T03:04:05Z';

export function group(uid: string, name: string, path: Group['path'] = [], hasChildren = false): Group {
  return { uid, name, createTime: TIME, updateTime: TIME, path, hasChildren };
}

/** A refusal because of what is inside. */
export function refusal(kind: string, names: string[]) {
  const violations = names.map((subject) => ({ type: kind, subject, description: `${subject} is inside.` }));
  return {
    status: 400,
    contentType: 'application/json',
    body: JSON.stringify({
      code: 9,
      message: 'There are folders in it.',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'FAILED_PRECONDITION', domain: 'bailiwick' },
        { '@type': 'type.googleapis.com/google.rpc.PreconditionFailure', violations },
        { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: '0123456789abcdef' },
      ],
    }),
  };
}

/** Answers every search below an organization with two folders of one name. */
export async function answerSearch(page: Page): Promise<void> {
  await page.route(/\/iam\/v2\/groups\?.*search=/, (route) => {
    const url = new URL(route.request().url());
    const org = url.searchParams.get('uidp.descendantsOf') ?? 'a'.repeat(40);
    const path = (name: string, step: string) => [
      { uid: org, name: 'example' },
      { uid: `${org}/${step.repeat(16)}`, name },
    ];
    const groups = [
      group(`${org}/${'1'.repeat(16)}/${'3'.repeat(16)}`, 'payments', path('dev', '1')),
      group(`${org}/${'2'.repeat(16)}/${'3'.repeat(16)}`, 'payments', path('prod', '2')),
    ];
    return route.fulfill({ json: { groups, skipped: 0 } });
  });
}

export interface Counted {
  /** How many rows the largest answer had. */
  mostRows: number;
  requests: number;
}

/** Answers with `count` children below the folder `parent`, a page at a time. */
export async function answerChildren(page: Page, parent: string, count: number): Promise<Counted> {
  const counted = { mostRows: 0, requests: 0 };
  const name = (at: number) => `folder ${String(at).padStart(5, '0')}`;
  const child = (at: number) => group(`${parent}/${at.toString(16).padStart(16, '0')}`, name(at));
  // A row on which the focus rests is asked for before it is chosen.
  await page.route(`**/iam/v2/groups/${parent}/*`, (route: Route) => {
    const step = new URL(route.request().url()).pathname.split('/').pop() ?? '';
    return /^[0-9a-f]{16}$/.test(step) ? route.fulfill({ json: child(parseInt(step, 16)) }) : route.fallback();
  });
  await page.route(
    (url) => url.pathname === '/iam/v2/groups' && url.searchParams.get('uidp.childrenOf') === parent,
    (route: Route) => {
      const query = new URL(route.request().url()).searchParams;
      const from = Number(query.get('pageToken') ?? 0);
      const size = Number(query.get('pageSize') ?? 50);
      const groups = Array.from({ length: Math.min(size, count - from) }, (_, at) => child(from + at));
      counted.mostRows = Math.max(counted.mostRows, groups.length);
      counted.requests += 1;
      const next = from + groups.length;
      const nextPageToken = next < count ? `${next}` : undefined;
      return route.fulfill({ json: { groups, nextPageToken, totalCount: `${count}`, skipped: 0 } });
    },
  );
  return counted;
}

/** What the server says of a link, changed by `change`. */
export async function answerInspect(page: Page, change: object): Promise<void> {
  const org = 'a'.repeat(40);
  const capabilities = ['CAP_IAM_GROUPS_LIST', 'CAP_IAM_ROLE_BINDINGS_CREATE', 'CAP_REPO_UPDATE'];
  const json = {
    group: { uid: `${org}/${'b'.repeat(16)}`, name: 'staging', path: [{ uid: org, name: 'example' }] },
    role: { uid: `${org}/${'c'.repeat(16)}`, name: 'editor', description: '', capabilities, title: 'Editor' },
    inviter: { name: '', host: false },
    expirationTime: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    singleUse: true,
    email: 'a\u2026@e\u2026.com',
    emailIsYours: false,
    acceptable: false,
    ...change,
  };
  await page.route('**/iam/v2/groupInvites:inspect', (route) => route.fulfill({ json }));
}

/** A refusal of an invite with a reason. */
export function refusedInvite(reason: string) {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'bailiwick' }];
  return { status: 400, json: { code: 9, message: 'It is over.', details } };
}
