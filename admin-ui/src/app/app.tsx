import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Toaster } from '@/components/ui/toast'
import { TooltipProvider } from '@/components/ui/tooltip'
import { makeQueryClient } from '@/lib/api'
import { onTenantChange } from '@/lib/session'
import { makeRouter } from './router'

const queryClient = makeQueryClient()
const router = makeRouter(queryClient)

export function App() {
  useEffect(
    () =>
      onTenantChange((tenant) => {
        // Nothing of one tenant stays on a page of another.
        if (tenant) void queryClient.resetQueries()
        else void router.navigate({ to: '/sign-in' }).then(() => queryClient.clear())
      }),
    [],
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={300}>
        <RouterProvider router={router} />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  )
}
