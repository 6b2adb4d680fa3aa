/** The two brands of the platform. Apps, tenants, ids and tokens never cross from one to the other. */
export type Brand = 'feishu' | 'lark';

/** A text in the two languages the product speaks. */
export interface Localized {
  readonly en: string;
  readonly zh: string;
}

/** Hosts of one brand, each an origin without a trailing slash. */
export interface BrandHosts {
  readonly name: Localized;
  /** Server API, and the developer console under `/app`. */
  readonly apiBase: string;
  /** Authorize page of OAuth. */
  readonly accounts: string;
  /** Tenant admin console. A tenant may also have it under its own domain. */
  readonly adminConsole: string;
  /** Links that open inside the client. */
  readonly applink: string;
}

export const BRANDS: Readonly<Record<Brand, BrandHosts>> = {
  feishu: {
    name: { en: 'Feishu', zh: '飞书' },
    apiBase: 'https://open.feishu.cn',
    accounts: 'https://accounts.feishu.cn',
    adminConsole: 'https://feishu.cn/admin', // unverified: not opened on a live tenant
    applink: 'https://applink.feishu.cn',
  },
  lark: {
    name: { en: 'Lark', zh: 'Lark' },
    apiBase: 'https://open.larksuite.com',
    accounts: 'https://accounts.larksuite.com',
    adminConsole: 'https://larksuite.com/admin', // unverified: not opened on a live tenant
    applink: 'https://applink.larksuite.com', // unverified: known from memory only
  },
};

/** The brand an API base belongs to, or `undefined` for any other address (the simulator, a private deployment). */
export function brandOf(apiBase: string): Brand | undefined {
  const origin = apiBase.replace(/\/+$/, '');
  return (Object.keys(BRANDS) as Brand[]).find((brand) => BRANDS[brand].apiBase === origin);
}

/** Pages where a person finishes a set-up step. Who may open them: the app's developer, or the tenant's admin. */
export interface SetupLinks {
  /** Developer console: list of apps, with "Create custom app". */
  readonly apps: string;
  readonly baseInfo: string;
  readonly bot: string;
  readonly webApp: string;
  /** Redirect URLs and the IP allow-list. */
  readonly security: string;
  readonly events: string;
  readonly version: string;
  /** Permission page with exactly these scopes preselected; without scopes the plain page. */
  permissions(scopes: readonly string[]): string;
  /** Admin console: the versions that wait for review. */
  readonly review: string;
  /** Admin console: availability and contact range of the app. */
  readonly availability: string;
}

/**
 * Deep links into the consoles of a brand for one app.
 * The permission page takes `?q=a,b` (the platform's own error messages link to it so); the other page names were seen in
 * public guides only.
 */
export function setupLinks(brand: Brand, appId: string): SetupLinks {
  const { apiBase, adminConsole } = BRANDS[brand];
  const app = `${apiBase}/app/${encodeURIComponent(appId)}`;
  return {
    apps: `${apiBase}/app`,
    baseInfo: `${app}/baseinfo`,
    bot: `${app}/bot`, // unverified: page name
    webApp: `${app}/web`, // unverified: page name
    security: `${app}/safe`, // unverified: page name
    events: `${app}/event`, // unverified: page name
    version: `${app}/version`, // unverified: page name
    permissions: (scopes) =>
      scopes.length === 0
        ? `${app}/auth`
        : `${app}/auth?q=${scopes.map(encodeScope).join(',')}&op_from=openapi&token_type=tenant`,
    review: `${adminConsole}/appCenter/audit`, // unverified: page name
    availability: `${adminConsole}/appCenter/manage/${encodeURIComponent(appId)}`, // unverified: page name
  };
}

/** Colons are legal in a query and the platform's own links leave them bare. */
function encodeScope(scope: string): string {
  return encodeURIComponent(scope).replaceAll('%3A', ':');
}

/** Link that opens a page of the app's web app inside the client. unverified: not tried on a live client. */
export function webAppLink(brand: Brand, appId: string, path: string): string {
  const url = new URL('/client/web_app/open', BRANDS[brand].applink);
  url.searchParams.set('appId', appId);
  url.searchParams.set('path', path);
  return url.href;
}

/** Link that opens the chat with the app's bot inside the client. */
export function botChatLink(brand: Brand, appId: string): string {
  const url = new URL('/client/bot/open', BRANDS[brand].applink);
  url.searchParams.set('appId', appId);
  return url.href;
}
