import { inTwoLanguages } from '../two-languages';

export const words = inTwoLanguages(
  {
    title: 'Feishu docking',
    token: 'Access token',
    required: 'Enter the token.',
    unknown: 'Nobody has this token, or it was revoked.',
    enter: 'Sign in',
    'bad-link':
      'This link is not valid, or not any more. Check that it was copied whole, or sign in with a token.',
    'session-ended':
      'Your session has ended: its twelve hours are over, or its token was revoked. Sign in again.',
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
    'bad-link': '此链接无效或已失效。请检查链接是否复制完整，或使用令牌登录。',
    'session-ended': '登录状态已结束：已满十二小时，或令牌已被吊销。请重新登录。',
    welcome: '已登录。',
    where: '产品首次启动时会输出一个登录链接；其他令牌由管理员创建。浏览器不保存令牌，登录状态保持十二小时。',
  },
);
