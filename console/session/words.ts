import { inTwoLanguages } from '../two-languages';

export const words = inTwoLanguages(
  {
    title: 'Feishu docking',
    token: 'Access token',
    required: 'Enter the token.',
    unknown: 'Nobody has this token, or it was revoked.',
    enter: 'Sign in',
    welcome: 'Signed in.',
    where:
      'The first start of the product prints a link that signs you in. Further tokens are made by an admin. The browser keeps no token: you are signed in for twelve hours.',
  },
  {
    title: '飞书对接',
    token: '访问令牌',
    required: '请输入令牌。',
    unknown: '令牌不存在或已被吊销。',
    enter: '登录',
    welcome: '已登录。',
    where: '产品首次启动时会输出一个登录链接；其他令牌由管理员创建。浏览器不保存令牌，登录状态保持十二小时。',
  },
);
