import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useForm } from 'react-hook-form'
import { expect, test } from 'vitest'
import { Problem } from '@/lib/api'
import { showProblem } from '@/lib/form'
import { Form, FormField, SubmitButton } from './form'
import { Input } from './input'

function Example({ problem }: { problem: Problem }) {
  const form = useForm({ defaultValues: { name: 'Ada' } })
  return (
    <Form form={form} onSubmit={() => showProblem(form, problem)}>
      <FormField form={form} name="name" label="Name" description="As on the door">
        {(field) => <Input {...field} />}
      </FormField>
      <SubmitButton>Save</SubmitButton>
    </Form>
  )
}

test('a problem that names a field stands at the field', async () => {
  render(<Example problem={new Problem(422, 'invalid', 'Invalid', 'name: too long', { name: 'Too long' })} />)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  const field = screen.getByLabelText('Name')
  expect(field).toBeInvalid()
  expect(field).toHaveAccessibleDescription('Too long As on the door')
})

test('another problem stands above the form', async () => {
  render(<Example problem={new Problem(409, 'conflict', 'Conflict', 'There is one already')} />)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByRole('alert')).toHaveTextContent('There is one already')
  expect(screen.getByLabelText('Name')).toBeValid()
})
