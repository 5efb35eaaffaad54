import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Composer } from './composer'

test('what is written before the line is open goes when it is', async () => {
  const sent: string[] = []
  const at = (isOpen: boolean) => (
    <Composer
      isOpen={isOpen}
      onSend={(text) => {
        if (isOpen) sent.push(text)
        return isOpen
      }}
    />
  )
  const { rerender } = render(at(false))
  const field = screen.getByLabelText('Message')
  await userEvent.type(field, 'Hello there{Enter}')
  expect(field).toHaveValue('Hello there')
  rerender(at(true))
  await waitFor(() => expect(sent).toEqual(['Hello there']))
  expect(field).toHaveValue('')
})

test('what is changed meanwhile waits for another press', async () => {
  const sent: string[] = []
  const { rerender } = render(<Composer isOpen={false} onSend={() => false} />)
  await userEvent.type(screen.getByLabelText('Message'), 'Hello{Enter}, no')
  rerender(<Composer isOpen onSend={(text) => sent.push(text) > 0} />)
  expect(sent).toEqual([])
  await userEvent.type(screen.getByLabelText('Message'), '{Enter}')
  expect(sent).toEqual(['Hello, no'])
})
