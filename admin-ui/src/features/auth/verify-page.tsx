import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { api, asProblem, take } from '@/lib/api'
import { meQuery } from '@/lib/session'
import { Panel } from './components/panel'

/** Asks for a press: programs that look at mails open links, and the link serves once. */
export function VerifyPage({ token }: { token?: string }) {
  const client = useQueryClient()
  const verify = useMutation({
    mutationFn: () => take(api.POST('/auth/email/verify', { body: { token: token ?? '' } })),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  return (
    <Panel title="Confirm your address" footer={<Link to="/">To Switchboard</Link>}>
      {verify.isSuccess ? (
        <Alert tone="success">Your address is confirmed.</Alert>
      ) : (
        <div className="space-y-4">
          {verify.isError && <Alert tone="destructive">{asProblem(verify.error).detail}</Alert>}
          {token ? (
            <Button variant="primary" size="lg" className="w-full" pending={verify.isPending} onClick={() => verify.mutate()}>
              Confirm
            </Button>
          ) : (
            <Alert tone="destructive">This address is not whole: open the link of the mail again.</Alert>
          )}
        </div>
      )}
    </Panel>
  )
}
