package branding

import (
	"context"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
	"kontor/internal/host/sqlite"
)

// State is everything that the page shows.
type State struct {
	OrganizationID string
	Name           string
	Set            Look // what stands in the Manager, as far as Kontor was told
	Draft          Look // what is being prepared
	Step           int  // of the draft; every change names the step that it starts from
	CanUndo        bool
	Pictures       []Viewed // all that Set and Draft refer to
	Limits         Limits
	Grounds        Grounds
	SetNotedAt     time.Time // when it was noted that Set stands in the Manager, if that can be taken back
	Approval       *Approval // the newest approval, if there is one
	DraftApproved  bool      // the draft is, byte for byte, what was approved
	SetApproved    bool
}

// Digest names the draft: two looks with the same digest show the same to the last pixel, beside the same name.
func (st State) Digest() string { return st.digest(st.Draft) }

func (st State) digest(l Look) string {
	list := st.plain()
	return picture.Sum([]byte(strings.Join([]string{
		"branding 1", string(l.Square), sumOf(list, l.Shown(Square)), sumOf(list, l.Shown(Rectangular)), st.Name,
	}, "\n")))
}

// Changed tells whether the draft shows something else than what is set.
func (st State) Changed() bool {
	return st.Draft.Shown(Square) != st.Set.Shown(Square) || st.Draft.RectangularID != st.Set.RectangularID
}

// Initials is how well the initials can be read in each theme.
func (st State) Initials() []Measure {
	list := []Measure{}
	for _, t := range Themes() {
		pair := GroundOf(t).Avatars[AvatarOf(st.OrganizationID)]
		list = append(list, Measure{Theme: t, Place: InSidebar, Ground: pair[0], Ratio: picture.Ratio(pair[0], pair[1])})
	}
	return list
}

// Viewed is a picture with what was found out about it.
type Viewed struct {
	Picture
	Facts  Facts
	Advice []Advice
}

// State reads the look of the current organization.
func (s *Service) State(ctx context.Context) (State, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return State{}, err
	}
	out := State{OrganizationID: actor.OrganizationID, Pictures: []Viewed{}}
	if out.Name, err = s.names.CurrentName(ctx); err != nil {
		return State{}, err
	}
	var pictures []Picture
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		pictures, err = out.read(ctx, q)
		return err
	})
	if err != nil {
		return State{}, err
	}
	for _, p := range pictures {
		facts, err := s.studies.facts(ctx, p.Slot, p.SHA256, out.Grounds)
		if err != nil {
			return State{}, err
		}
		out.Pictures = append(out.Pictures, Viewed{p, facts, Advise(p.Slot, facts, out.Limits)})
	}
	if out.Approval != nil {
		out.DraftApproved, out.SetApproved = out.digest(out.Draft) == out.Approval.Digest, out.digest(out.Set) == out.Approval.Digest
	}
	return out, nil
}

// read fills in what stands in the database and returns the pictures that it refers to.
func (st *State) read(ctx context.Context, q sqlite.Queryer) ([]Picture, error) {
	set, err := readLook(ctx, q, st.OrganizationID, stageSet)
	if err != nil {
		return nil, err
	}
	draft, err := readDraft(ctx, q, st.OrganizationID)
	if err != nil {
		return nil, err
	}
	st.Set, st.Draft, st.Step = set.look, draft.look, draft.step
	count, err := countSteps(ctx, q, st.OrganizationID)
	if err != nil {
		return nil, err
	}
	st.CanUndo = count > 1
	if st.Limits, err = readLimits(ctx, q, st.OrganizationID); err != nil {
		return nil, err
	}
	if st.Grounds, err = readGrounds(ctx, q, st.OrganizationID); err != nil {
		return nil, err
	}
	before, err := setBefore(ctx, q, st.OrganizationID)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return nil, err
	}
	st.SetNotedAt = before.at
	var pictures []Picture
	seen := map[string]bool{"": true}
	for _, id := range []string{draft.look.SquareID, draft.look.RectangularID, set.look.SquareID, set.look.RectangularID} {
		for !seen[id] {
			seen[id] = true
			p, err := readPicture(ctx, q, st.OrganizationID, id)
			if err != nil {
				return nil, err
			}
			pictures = append(pictures, p)
			id = p.OriginID
		}
	}
	return pictures, st.readApproval(ctx, q)
}

func (st *State) readApproval(ctx context.Context, q sqlite.Queryer) error {
	a, err := lastApproval(ctx, q, st.OrganizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	st.Approval = &a
	return nil
}

func sumOf(pictures []Picture, id string) string {
	for _, p := range pictures {
		if p.ID == id {
			return p.SHA256
		}
	}
	return ""
}

// readDraft is the draft; without one it is what is set, at step -1.
func readDraft(ctx context.Context, q sqlite.Queryer, organization string) (stepped, error) {
	draft, err := readLook(ctx, q, organization, stageDraft)
	if err != nil || draft.step >= 0 {
		return draft, err
	}
	set, err := readLook(ctx, q, organization, stageSet)
	return stepped{-1, set.look}, err
}
