import type { Comment, NamedPerson, Operation } from '../../wire'

export type CommentOperation = Extract<Operation, { readonly type: `comment.${string}` }>

export function isOfComment(operation: Operation): operation is CommentOperation {
  return operation.type.startsWith('comment.')
}

/** A comment as it stands after an operation that the server has not answered; null where it is not known. */
export function applyToComment(
  comment: Comment | null,
  operation: CommentOperation,
  by: NamedPerson | null,
  at: string,
): Comment | null {
  switch (operation.type) {
    case 'comment.write': {
      const { id, text, thread, micrograph, x, y } = operation
      if (comment) return { ...comment, text, edited_at: at }
      return {
        id,
        thread: thread ?? id,
        micrograph: micrograph ?? null,
        x: x ?? null,
        y: y ?? null,
        author: by,
        text,
        sequence: 0,
        created_at: at,
        edited_at: null,
        resolved_at: null,
        resolved_by: null,
        deleted: false,
        mentions: [],
      }
    }
    case 'comment.resolve':
      return (
        comment && {
          ...comment,
          resolved_at: operation.resolved ? at : null,
          resolved_by: operation.resolved ? by : null,
        }
      )
    case 'comment.remove':
      return comment && { ...comment, deleted: operation.deleted }
  }
}
