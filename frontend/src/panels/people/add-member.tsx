import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { addMember } from '../../api/members'
import type { Role } from '../../wire'
import { useAction } from '../kit/action'
import { Button, ErrorNote, Field } from '../kit/ui'
import { RoleChoice } from './role-choice'

interface Props {
  project: number
  owns: boolean
}

export function AddMember({ project, owns }: Props): JSX.Element {
  const name = useSignal('')
  const role = useSignal<Role>('annotator')
  const { busy, error, run } = useAction()
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      await addMember(project, name.value.trim(), role.value)
      name.value = ''
    })
  }
  return (
    <form class="form-line" onSubmit={submit}>
      <Field
        label="Add someone who has an account"
        text={name}
        placeholder="username"
        testid="add-member-name"
      />
      <RoleChoice
        label="Role"
        owns={owns}
        role={role.value}
        change={to => {
          role.value = to
        }}
        testid="add-member-role"
      />
      <Button type="submit" disabled={busy || name.value.trim() === ''} data-testid="add-member">
        Add
      </Button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}
