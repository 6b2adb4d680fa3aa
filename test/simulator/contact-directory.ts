/** The directory of a simulated company, asked as an app asks it; the same company before each test. */
import { at, startSession, type Answer, type Session } from './http';

export interface Person {
  userId: string;
  openId: string;
  unionId: string;
  departmentIds: string[];
  status: string;
  email: string;
  mobile: string;
}

export interface Department {
  openDepartmentId: string;
  departmentId: string;
  parentId: string;
  memberCount: number;
}

export interface ContactCalls {
  /** All items of a listing, page by page. */
  all: (path: string, list?: string) => Promise<unknown[]>;
  members: (departmentId: string, pageSize?: number) => Promise<unknown[]>;
  user: (id: string) => Promise<Answer>;
}

export function contactDirectory(
  use: (ground: { session: Session; departments: Department[]; people: Person[] }) => void,
): ContactCalls {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ seed: 'contact', employees: 120, departments: 12, leavers: 4 });
  });
  beforeEach(async () => {
    await session.reset();
    await session.control('PATCH', '/switches', { rateLimits: 'off' });
    use({
      session,
      departments: at(await session.control('GET', '/departments'), 'items'),
      people: at(await session.control('GET', '/people?limit=1000'), 'items'),
    });
  });
  afterAll(() => session.close());

  const all: ContactCalls['all'] = async (path, list = 'items') => {
    const items: unknown[] = [];
    let token = '';
    do {
      const glue = path.includes('?') ? '&' : '?';
      const { body } = await session.api('GET', `${path}${token && `${glue}page_token=${token}`}`);
      expect(at(body, 'code')).toBe(0);
      items.push(...at<unknown[]>(body, `data.${list}`));
      expect(at(body, 'data.page_token') !== undefined).toBe(at(body, 'data.has_more'));
      token = at<string | undefined>(body, 'data.page_token') ?? '';
    } while (token);
    return items;
  };
  return {
    all,
    members: (id, size = 50) =>
      all(`/contact/v3/users/find_by_department?department_id=${id}&page_size=${size}`),
    user: (id) => session.api('GET', `/contact/v3/users/${id}`),
  };
}

export function first<T>(list: T[], fits: (item: T) => boolean = () => true): T {
  const found = list.find(fits);
  if (found === undefined) throw new Error('the generated company lacks such an item');
  return found;
}

export const code = (answer: Answer): unknown => at(answer.body, 'code');
