package app

import (
	"kontor/internal/area/activity"
	"kontor/internal/area/branding"
	"kontor/internal/area/client"
	"kontor/internal/area/mirror"
	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/area/profile"
	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/area/session"
	"kontor/internal/area/transfer"
	"kontor/internal/flow/backup"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/frame"
	"kontor/internal/flow/home"
	"kontor/internal/flow/leaving"
	"kontor/internal/flow/moving"
	"kontor/internal/flow/notice"
	"kontor/internal/flow/replica"
	"kontor/internal/flow/safety"
	"kontor/internal/flow/search"
	"kontor/internal/flow/update"
	"kontor/internal/host/bridge"
	"kontor/internal/host/link"
	"kontor/internal/host/mail"
	"kontor/internal/host/manager"
	"kontor/internal/host/picture"
	"kontor/internal/host/settings"
	"kontor/internal/host/vault"
)

// Services are the structs whose exported methods the window may call.
func (a *App) Services() []any {
	return []any{
		&SystemService{a},
		home.NewWindow(bridge.To(a.shell, func() *home.Service { return a.workspace.home })),
		expiry.NewWindow(bridge.To(a.shell, func() *expiry.Service { return a.workspace.expiry })),
		search.NewWindow(bridge.To(a.shell, func() []search.Area { return a.workspace.searched() })),
		frame.NewWindow(bridge.To(a.shell, func() *frame.Service { return a.workspace.frame })),
		firststart.NewWindow(bridge.To(a.shell, func() *firststart.Service { return a.workspace.firstStart })),
		session.NewWindow(bridge.To(a.shell, func() *session.Service { return a.workspace.sessions })),
		session.NewSecurityWindow(bridge.To(a.shell, func() *session.Service { return a.workspace.sessions })),
		session.NewSSOWindow(bridge.To(a.shell, func() *session.Service { return a.workspace.sessions })),
		profile.NewWindow(bridge.To(a.shell, func() *profile.Service { return a.workspace.profiles })),
		profile.NewKeeperWindow(bridge.To(a.shell, func() *profile.Service { return a.workspace.profiles })),
		profile.NewAvatarWindow(bridge.To(a.shell, func() *profile.Service { return a.workspace.profiles })),
		organization.NewWindow(bridge.To(a.shell, func() *organization.Service { return a.workspace.organizations })),
		leaving.NewWindow(bridge.To(a.shell, func() *leaving.Service { return a.workspace.leaving })),
		moving.NewWindow(bridge.To(a.shell, func() *moving.Service { return a.workspace.moving })),
		bridge.NewJobWindow(a.shell),
		activity.NewWindow(bridge.To(a.shell, func() *activity.Service { return a.workspace.journal }), zone),
		vault.NewWindow(bridge.To(a.shell, func() *vault.Vault { return a.workspace.vault })),
		mail.NewWindow(bridge.To(a.shell, func() *mail.Service { return a.workspace.mail })),
		notice.NewWindow(bridge.To(a.shell, func() *notice.Service { return a.workspace.notices })),
		link.NewWindow(bridge.To(a.shell, func() *link.Service { return a.workspace.links })),
		manager.NewWindow(bridge.To(a.shell, func() *manager.Service { return a.workspace.tasks })),
		safety.NewWindow(bridge.To(a.shell, func() *safety.Service { return a.workspace.safety })),
		backup.NewWindow(bridge.To(a.shell, func() *backup.Service { return a.workspace.backup })),
		update.NewWindow(bridge.To(a.shell, func() *update.Service { return a.workspace.updates })),
		replica.NewWindow(bridge.To(a.shell, func() *replica.Service { return a.workspace.replica })),
		settings.NewWindow(bridge.To(a.shell, func() *settings.Store { return a.workspace.settings })),
		picture.NewWindow(a.shell),
		partner.NewWindow(bridge.To(a.shell, func() *partner.Service { return a.workspace.partner })),
		quote.NewWindow(bridge.To(a.shell, func() *quote.Service { return a.workspace.quotes })),
		sale.NewWindow(bridge.To(a.shell, func() *sale.Service { return a.workspace.sales })),
		payment.NewWindow(bridge.To(a.shell, func() *payment.Service { return a.workspace.payments })),
		prepaid.NewWindow(bridge.To(a.shell, func() *prepaid.Service { return a.workspace.prepaid })),
		branding.NewWindow(bridge.To(a.shell, func() *branding.Service { return a.workspace.branding })),
		transfer.NewWindow(bridge.To(a.shell, func() *transfer.Service { return a.workspace.transfers })),
		client.NewWindow(bridge.To(a.shell, func() *client.Service { return a.workspace.clients })),
		mirror.NewWindow(bridge.To(a.shell, func() *mirror.Service { return a.workspace.mirror })),
		mirror.NewEditWindow(bridge.To(a.shell, func() *mirror.Edits { return a.workspace.edits })),
		mirror.NewDNSWindow(bridge.To(a.shell, func() *mirror.Edits { return a.workspace.edits })),
	}
}
