/** Raw material for people and departments. Chinese and latin spellings stand side by side. */

export const SURNAMES = [
  ['王', 'Wang'],
  ['李', 'Li'],
  ['张', 'Zhang'],
  ['刘', 'Liu'],
  ['陈', 'Chen'],
  ['杨', 'Yang'],
  ['赵', 'Zhao'],
  ['黄', 'Huang'],
  ['周', 'Zhou'],
  ['吴', 'Wu'],
  ['徐', 'Xu'],
  ['孙', 'Sun'],
  ['欧阳', 'Ouyang'],
  ['司马', 'Sima'],
] as const;

export const GIVEN_NAMES = [
  ['伟', 'Wei'],
  ['芳', 'Fang'],
  ['娜', 'Na'],
  ['敏', 'Min'],
  ['静', 'Jing'],
  ['丽', 'Li'],
  ['强', 'Qiang'],
  ['磊', 'Lei'],
  ['军', 'Jun'],
  ['洋', 'Yang'],
  ['秀英', 'Xiuying'],
  ['建国', 'Jianguo'],
  ['志强', 'Zhiqiang'],
  ['晓明', 'Xiaoming'],
  ['雨桐', 'Yutong'],
  ['子涵', 'Zihan'],
] as const;

export const FOREIGN_GIVEN_NAMES = [
  'Alice',
  'Ben',
  'Carla',
  'Daniel',
  'Elena',
  'Farid',
  'Grace',
  'Hugo',
  'Inès',
  'Jonas',
  'Kavita',
  'Liam',
] as const;

export const FOREIGN_SURNAMES = [
  'Andersson',
  "O'Brien",
  'Castillo',
  'Dubois',
  'Nguyen',
  'Fernández',
  'Garcia',
  'Haddad',
  'Ivanova',
  'Jensen',
  'Kumar',
  'Smith-Lee',
] as const;

export const DEPARTMENT_NAMES = [
  ['客服', 'Support'],
  ['销售', 'Sales'],
  ['研发', 'Engineering'],
  ['市场', 'Marketing'],
  ['财务', 'Finance'],
  ['人力资源', 'People'],
  ['运营', 'Operations'],
  ['法务', 'Legal'],
  ['采购', 'Purchasing'],
  ['质量', 'Quality'],
] as const;

export const JOB_TITLES = [
  'Support agent',
  'Senior support agent',
  'Team lead',
  'Engineer',
  'Account manager',
  '客服专员',
  '客服主管',
  '产品经理',
  '',
] as const;

export const CITIES = ['上海', '北京', '深圳', 'Singapore', 'New York', ''] as const;
