import type { Brand, Localized } from './brands';

/** One of the permissions the ticket system asks for. Match by `key`: labels differ by brand and year. */
export interface Permission {
  readonly key: string;
  /** Row number in the ticket system's own set-up page, 1–15. */
  readonly no: number;
  readonly label: Localized;
  /** The name Feishu's console shows. */
  readonly chineseName: string;
  /** Any one of these, when granted, does the same job (wide scopes of older apps, or a wider modern one). */
  readonly alternatives: readonly string[];
  /** A docking cannot be ready while a blocking permission is missing. */
  readonly blocking: boolean;
  readonly brands: readonly Brand[];
  /** What does not work without it. */
  readonly lostAbility: Localized;
  /** Contact fields that Feishu leaves out, silently, without it. Names as the API spells them. */
  readonly fields: readonly string[];
}

const BOTH: readonly Brand[] = ['feishu', 'lark'];

/** Scopes from before the fine-grained ones. They open the contact calls and the basic fields, not mobile or email. */
export const WIDE_CONTACT_SCOPES = [
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
  'contact:contact:readonly',
] as const;

/** Candidates for permission no. 15, whose label no public page ties to a key. The first is the one we ask for. */
export const EMPLOYEE_PHONE_CANDIDATES = [
  'directory:employee.base.mobile:read', // unverified
  'contact:user.phone:readonly', // unverified: an older name of no. 12
] as const;

const PERMISSIONS: readonly Permission[] = [
  {
    no: 1,
    key: 'admin:app.info:readonly',
    label: { en: 'Obtain applications information', zh: '获取应用信息' },
    chineseName: '获取应用信息',
    alternatives: ['application:application:self_manage'],
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'The app, its versions and its contact range cannot be read back and checked.',
      zh: '无法读取并核对应用信息、版本和通讯录权限范围。',
    },
    fields: [],
  },
  {
    no: 2,
    key: 'contact:contact.base:readonly',
    label: { en: 'Obtain basic information in contacts', zh: '获取通讯录基本信息' },
    chineseName: '获取通讯录基本信息',
    alternatives: WIDE_CONTACT_SCOPES,
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'No employee can be read and no contact change is reported: no directory, no bindings.',
      zh: '无法读取员工，也收不到通讯录变更：没有通讯录，无法绑定。',
    },
    fields: [],
  },
  {
    no: 3,
    key: 'admin:app.visibility',
    label: { en: 'Manage app visibility', zh: '管理应用可见范围' },
    chineseName: '管理应用可见范围',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'It cannot be checked or changed who may use the app.',
      zh: '无法检查或调整应用的可用范围。',
    },
    fields: [],
  },
  {
    no: 4,
    key: 'contact:department.base:readonly',
    label: { en: "Obtain department's basic information", zh: '获取部门基础信息' },
    chineseName: '获取部门基础信息',
    alternatives: WIDE_CONTACT_SCOPES,
    blocking: true,
    brands: BOTH,
    lostAbility: { en: 'Departments have no names.', zh: '部门没有名称。' },
    fields: ['name', 'i18n_name', 'department_id', 'chat_id', 'status'],
  },
  {
    no: 5,
    key: 'contact:department.organize:readonly',
    label: {
      en: "Obtain department's organizational structure in contacts",
      zh: '获取通讯录部门组织架构信息',
    },
    chineseName: '获取通讯录部门组织架构信息',
    alternatives: WIDE_CONTACT_SCOPES,
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'The department tree cannot be walked: people below the first level stay unseen.',
      zh: '无法遍历部门树：看不到下级部门的成员。',
    },
    fields: ['parent_department_id', 'leader_user_id', 'order', 'unit_ids', 'member_count'],
  },
  {
    no: 6,
    key: 'contact:group:readonly',
    label: { en: 'Obtain user groups information', zh: '获取用户组信息' },
    chineseName: '获取用户组信息',
    alternatives: WIDE_CONTACT_SCOPES, // unverified for the group calls
    blocking: true,
    brands: ['feishu'],
    lostAbility: {
      en: 'People who are in range only through a user group are not found.',
      zh: '仅通过用户组进入范围的成员无法识别。',
    },
    fields: [],
  },
  {
    no: 7,
    key: 'contact:user.base:readonly',
    label: { en: "Obtain user's basic information", zh: '获取用户基本信息' },
    chineseName: '获取用户基本信息',
    alternatives: WIDE_CONTACT_SCOPES,
    blocking: true,
    brands: BOTH,
    lostAbility: { en: 'Employees have no names.', zh: '员工没有姓名。' },
    fields: ['name', 'en_name', 'nickname', 'avatar'],
  },
  {
    no: 8,
    key: 'contact:user.department:readonly',
    label: { en: "Obtain user's organization information", zh: '获取用户组织架构信息' },
    chineseName: '获取用户组织架构信息',
    alternatives: WIDE_CONTACT_SCOPES,
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'Employees cannot be shown under their departments.',
      zh: '无法按部门展示员工。',
    },
    fields: ['department_ids', 'leader_user_id', 'orders'],
  },
  {
    no: 9,
    key: 'contact:user.email:readonly',
    label: { en: "Obtain user's email information", zh: '获取用户邮箱信息' },
    chineseName: '获取用户邮箱信息',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: { en: 'No binding by email.', zh: '无法按邮箱自动绑定。' },
    fields: ['email'],
  },
  {
    no: 10,
    key: 'contact:user.employee:readonly',
    label: { en: "Obtain user's employment information", zh: '获取用户受雇信息' },
    chineseName: '获取用户受雇信息',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'It is unknown who is active, frozen or gone; no job titles, no company mailbox to match by.',
      zh: '无法得知员工在职、冻结或离职状态；没有职务和企业邮箱。',
    },
    fields: [
      'status',
      'job_title',
      'enterprise_email',
      'city',
      'country',
      'work_station',
      'join_time',
      'is_tenant_manager',
      'employee_no',
      'employee_type',
      'custom_attrs',
    ],
  },
  {
    no: 11,
    key: 'contact:user.employee_id:readonly',
    label: { en: 'Obtain user ID', zh: '获取用户 user ID' },
    chineseName: '获取用户 user ID',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: { en: "The tenant's own user IDs are missing.", zh: '缺少企业内的 user ID。' },
    fields: ['user_id'],
  },
  {
    no: 12,
    key: 'contact:user.phone:readonly',
    label: { en: "Obtain user's mobile number", zh: '获取用户手机号' },
    chineseName: '获取用户手机号',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: { en: 'No binding by mobile number.', zh: '无法按手机号自动绑定。' },
    fields: ['mobile'],
  },
  {
    no: 13,
    key: 'im:message',
    label: { en: 'Read and send messages in private and group chats', zh: '获取与发送单聊、群组消息' },
    chineseName: '获取与发送单聊、群组消息',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'No reminder can be sent or updated and no read receipt seen.',
      zh: '无法发送或更新提醒，也无法获知已读状态。',
    },
    fields: [],
  },
  {
    no: 14,
    key: 'tenant:tenant:readonly',
    label: { en: 'Obtain tenant information', zh: '获取企业信息' },
    chineseName: '获取企业信息',
    alternatives: [],
    blocking: true,
    brands: BOTH,
    lostAbility: {
      en: 'A docking with the wrong company goes unnoticed.',
      zh: '无法发现对接了错误的企业。',
    },
    fields: [],
  },
];

/**
 * The permissions a brand asks for, in the order of the ticket system's set-up page: 15 on Feishu, 14 on Lark (no user groups).
 * `employeePhoneKey` settles no. 15 for a tenant that knows better; the other candidates stay as alternatives.
 */
export function requiredPermissions(
  brand: Brand,
  employeePhoneKey: string = EMPLOYEE_PHONE_CANDIDATES[0],
): readonly Permission[] {
  return [...PERMISSIONS, employeePhone(employeePhoneKey)].filter((p) => p.brands.includes(brand));
}

/** Never blocking: number 12 already gives the mobile number that the product uses. */
function employeePhone(key: string): Permission {
  return {
    no: 15,
    key,
    label: { en: "Get employee's phone number", zh: '查看员工手机号' },
    chineseName: '查看员工手机号',
    alternatives: EMPLOYEE_PHONE_CANDIDATES.filter((candidate) => candidate !== key),
    blocking: false,
    brands: BOTH,
    lostAbility: {
      en: "Nothing while the user's mobile number (no. 12) is granted.",
      zh: '只要已开通“获取用户手机号”，就没有影响。',
    },
    fields: [],
  };
}
