/** From what the platform sends to what the mirror keeps. A field that was not sent stays absent. */
import { employeeState, type FeishuDepartment, type FeishuUser } from '../../feishu';
import type { PulledDepartment, PulledEmployee } from '../../store';

export function pulledEmployee(user: FeishuUser): PulledEmployee {
  return {
    employeeId: user.openId,
    ...sent({
      unionId: user.unionId,
      userId: user.userId,
      name: user.name,
      enName: user.enName,
      email: user.email,
      enterpriseEmail: user.enterpriseEmail,
      mobile: user.mobile,
      jobTitle: user.jobTitle,
      employeeNo: user.employeeNo,
      departmentIds: user.departmentIds && [...user.departmentIds],
    }),
    state: employeeState(user.status),
  };
}

export function pulledDepartment(department: FeishuDepartment): PulledDepartment {
  return {
    departmentId: department.openDepartmentId,
    ...sent({
      parentId: department.parentOpenDepartmentId,
      name: department.name,
      enName: department.names?.['en_us'],
      leaderEmployeeId: department.leaderOpenId,
      memberCount: department.memberCount,
    }),
    state: department.isDeleted === true ? 'deleted' : 'active',
  };
}

type Sent<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Leaves out what is undefined. */
function sent<T extends Record<string, unknown>>(fields: T): Sent<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Sent<T>;
}
