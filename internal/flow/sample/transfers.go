package sample

import (
	"context"
	"fmt"
	"time"

	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// laricisMail is what the studio found in its mailbox. It is invented, as everything here.
const laricisMail = `From: "Registrazioni (esempio)" <domini@registrazioni.example>
To: elena@ponteri.example
Subject: Trasferimento di tre-larici.com non riuscito
Date: %s
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Buongiorno,

il trasferimento del dominio tre-larici.com non è riuscito.

Risposta del registro: EPP 2304 Object status prohibits operation (clientTransferProhibited).
Possibile causa: il dominio è bloccato presso il registrar attuale, Nordhost.

Può ripetere la stessa richiesta entro il %s alle 16:04, senza pagare di nuovo le spese di trasferimento.

Ordine 20655
`

const wrongCode = "EPP 2202 Invalid authorization information (tre-larici.com)"

// transfers tells of six domains on their way: one that failed twice, four in between, one that has arrived.
func transfers(ctx context.Context, s *story) error {
	service := transfer.NewService(transfer.Options{DB: s.db, Journal: s.journal, Vault: noVault{}, Reauth: trusting{}, Organizations: s.organizations, Tasks: manager.New(s.db, s.journal), Clock: s.calendar()})
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	t := transferStory{s, service, ctx}
	for _, run := range []func() error{t.larici, t.others} {
		if err := run(); err != nil {
			return err
		}
	}
	return nil
}

// transferStory moves the story's clock to a moment before each act.
type transferStory struct {
	s       *story
	service *transfer.Service
	ctx     context.Context //nolint:containedctx // it lives as long as the sample is built
}

// at is a time of day, some days before the story ends.
func (t transferStory) at(daysAgo, hour, minute int) time.Time {
	t.s.clock = t.s.today.AddDate(0, 0, -daysAgo).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return t.s.clock
}

// larici is the story of the failed one: a wrong code, then a lock that nobody had switched off.
func (t transferStory) larici() error {
	fee := money.Must(money.ParseAmount("14.90", money.CHF))
	begun := t.at(10, 14, 2)
	id, err := t.service.Add(t.ctx, transfer.New{
		Domain: "tre-larici.com", Holder: "Hotel Tre Larici, Chur", Registrar: "Nordhost", Order: "20655", Fee: &fee, Started: begun,
		Facts: transfer.Facts{Registered: day.Date(2019, time.March, 11), Expires: t.nextMarch()},
	})
	if err != nil {
		return err
	}
	t.at(10, 14, 3)
	if err := t.service.Fail(t.ctx, id, transfer.Failure{Message: []byte(wrongCode)}); err != nil {
		return err
	}
	t.at(8, 11, 30)
	if err := t.service.Answer(t.ctx, id, transfer.Reachable, true); err != nil {
		return err
	}
	t.at(3, 9, 20)
	if err := t.service.Restarted(t.ctx, id); err != nil {
		return err
	}
	t.at(3, 9, 40)
	if err := t.service.Advance(t.ctx, id, transfer.CodeChecked); err != nil {
		return err
	}
	failed := t.at(1, 16, 4)
	mail := fmt.Sprintf(laricisMail, failed.Format(time.RFC1123Z), failed.AddDate(0, 0, 9).Format("02.01.2006"))
	return t.service.Fail(t.ctx, id, transfer.Failure{Message: []byte(mail)})
}

// others are on their way, or there.
func (t transferStory) others() error {
	for _, o := range []struct {
		daysAgo   int
		domain    string
		holder    string
		registrar string
		stages    []transfer.Stage
	}{
		{40, "atelier-vuilleumier.ch", "Atelier Vuilleumier, Neuchâtel", "Südwind", []transfer.Stage{transfer.CodeChecked, transfer.AtRegistry, transfer.Done}},
		{4, "montebruno.it", "Cantina Montebruno, Alba", "Nordhost", []transfer.Stage{transfer.CodeChecked, transfer.Confirmed, transfer.AtRegistry}},
		{3, "corte-solari.ch", "Corte Solari, Ascona", "Südwind", []transfer.Stage{transfer.CodeChecked, transfer.Confirmed}},
		{2, "caffe-aurora.ch", "Caffè Aurora, Lugano", "Südwind", []transfer.Stage{transfer.CodeChecked}},
		{1, "bergführer-davos.ch", "Bergführer Davos", "Nordhost", nil},
	} {
		fee := money.Must(money.ParseAmount("14.90", money.CHF))
		id, err := t.service.Add(t.ctx, transfer.New{
			Domain: o.domain, Holder: o.holder, Registrar: o.registrar, Fee: &fee, Started: t.at(o.daysAgo, 10, 15),
			Facts: transfer.Facts{Registered: day.Date(2016, time.May, 2), Expires: t.nextMarch() + day.Day(19*(o.daysAgo%11))},
		})
		if err != nil {
			return err
		}
		for i, stage := range o.stages {
			t.at(o.daysAgo, 10+i, 40)
			if err := t.service.Advance(t.ctx, id, stage); err != nil {
				return err
			}
		}
	}
	return nil
}

// nextMarch is the next 11 March that is at least a month away.
func (t transferStory) nextMarch() day.Day {
	from := t.s.on(t.s.today) + 30
	march := day.Date(t.s.today.Year(), time.March, 11)
	for march < from {
		march = march.AddMonths(12)
	}
	return march
}

// noVault stands in where no code is entered: a sample has no secrets.
type noVault struct{}

// Put refuses: there is nothing to keep.
func (noVault) Put(context.Context, *sqlite.Tx, string, string, string, []byte) error {
	return fault.New(fault.Unavailable, "")
}

// Get finds nothing.
func (noVault) Get(context.Context, string, string, string) ([]byte, error) {
	return nil, fault.New(fault.NotFound, "")
}

// Delete has nothing to delete.
func (noVault) Delete(context.Context, *sqlite.Tx, string, string, string) error { return nil }
