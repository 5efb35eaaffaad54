import { Link } from '@tanstack/react-router'
import { useDestinations } from './use-destinations'

export function Sidebar() {
  const groups = useDestinations()
  return (
    <nav aria-label="Pages" className="flex-1 overflow-y-auto px-2.5 pt-1 pb-6">
      {groups.map(([group, destinations]) => (
        <div key={group ?? ''} className="mb-4">
          {group && <h2 className="px-2.5 pb-1 text-xs font-medium text-muted-foreground">{group}</h2>}
          <ul className="space-y-0.5">
            {destinations.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact: to === '/' }}
                  className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted-foreground transition-colors hover:bg-muted hover:text-foreground data-[status=active]:bg-muted data-[status=active]:font-medium data-[status=active]:text-foreground [&[data-status=active]>svg]:text-primary-text"
                >
                  <Icon className="size-4 shrink-0" aria-hidden />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
