package home

import (
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// The first steps.
const (
	StepImport = "import" // bring what there is in a file
	StepPaper  = "paper"  // say who you are on paper
	StepSample = "sample" // look at the sample
)

// Where it is kept that a person hides the steps, and that the sample was looked at on this computer.
const (
	hiddenKey = "home.steps_hidden"
	sampleKey = "home.sample_seen"
)

// Step is one of the first steps. It is done when what it is for is there, wherever that was entered.
type Step struct {
	Kind    string
	Done    bool
	Missing []string // kinds of facts that are not there yet, of StepPaper
}

// steps are those that the person may take; none in the sample.
func (s *Service) steps(ctx context.Context, actor access.Actor, facts []waiting.Fact) (list []Step, hidden bool, err error) {
	if s.o.Sample {
		return []Step{}, false, nil
	}
	count := map[string]int{}
	for _, f := range facts {
		count[f.Kind] += f.Count
	}
	list = []Step{}
	if slices.ContainsFunc([]access.Capability{access.Accounting, access.AddClient, access.EditPrices}, actor.Can) {
		list = append(list, Step{Kind: StepImport, Done: count["renewals"]+count["clients"]+count["lists"] > 0})
	}
	if actor.Can(access.EditOrganization) {
		paper := Step{Kind: StepPaper}
		for _, kind := range []string{"address", "vat_number", "logos"} {
			if count[kind] == 0 {
				paper.Missing = append(paper.Missing, kind)
			}
		}
		paper.Done = count["address"] > 0 && count["logos"] > 0 // not everybody has a VAT number
		list = append(list, paper)
	}
	seen, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, sampleKey)
	if err != nil {
		return nil, false, err
	}
	list = append(list, Step{Kind: StepSample, Done: seen != ""})
	text, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), actor.AccountID, hiddenKey)
	return list, text != "", err
}

// HideSteps hides the first steps from the person who is signed in, or shows them again.
func (s *Service) HideSteps(ctx context.Context, hide bool) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	text := ""
	if hide {
		text = "yes"
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Settings.SetText(ctx, tx, actor.AccountID, hiddenKey, text)
	})
}

// SampleSeen keeps that somebody looked at the sample on this computer, also before there was an account.
func (s *Service) SampleSeen(ctx context.Context) error {
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Settings.SetText(ctx, tx, settings.Workspace, sampleKey, "yes")
	})
}
