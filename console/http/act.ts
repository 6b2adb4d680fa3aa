/** Something a person does: asked once, its outcome told, what it changed read anew. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { showAtFields } from './field-faults';
import type { ApiProblem } from './request';
import { problemText } from './problem';

export interface Act<Input, Result> {
  run: (input: Input) => Promise<Result>;
  /** Said when it is done; null for nothing. */
  done: ((result: Result) => string | null) | string | null;
  /** Beginnings of query keys that are read anew, whatever the outcome. */
  changes: readonly (readonly unknown[])[];
  /** What a refusal says of a field of this form stands at that field, and nowhere else. */
  form?: FormInstance;
  /** Whoever asks shows a refusal itself. */
  quiet?: boolean;
}

export function useAct<Input = void, Result = unknown>({
  run,
  done,
  changes,
  form,
  quiet = false,
}: Act<Input, Result>): UseMutationResult<Result, ApiProblem, Input> {
  const queries = useQueryClient();
  const { message, notification } = App.useApp();
  const { t } = useTranslation();
  return useMutation<Result, ApiProblem, Input>({
    mutationFn: run,
    onSuccess(result) {
      const text = typeof done === 'function' ? done(result) : done;
      if (text) void message.success(text);
    },
    onError(problem) {
      if (quiet || (form && showAtFields(form, problem))) return;
      notification.error({ title: problem.message, description: problemText(problem, t), duration: 10 });
    },
    onSettled: () => Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
