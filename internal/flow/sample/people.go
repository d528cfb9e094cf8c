package sample

import (
	"context"
	"strings"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// people invents three organizations and a dozen members. Elena has a password that the window shows; the others have none.
func people(ctx context.Context, s *story) error {
	type place struct {
		org  int
		role access.Role
	}
	orgs := []organization.New{
		{Name: "Studio Ponteri SA", Country: "CH"},
		{Name: "Hotel Tre Larici", Country: "CH"},
		{Name: "Cantina Montebruno", Country: "IT"},
	}
	members := []struct {
		first, last, language string
		places                []place
	}{
		{"Elena", "Bernasconi", "it", []place{{0, access.LegalRepresentative}, {1, access.Administrator}, {2, access.External}}},
		{"Luca", "Ponteri", "it", []place{{0, access.Administrator}}},
		{"Claire", "Vuilleumier", "fr", []place{{0, access.Collaborator}}},
		{"Łukasz", "Nowak", "en", []place{{0, access.Collaborator}}},
		{"Tobias", "Leuenberger", "de", []place{{0, access.Collaborator}}},
		{"Marisol", "de la Fuente", "es", []place{{0, access.External}}},
		{"Giovanni", "Bianchi", "it", []place{{1, access.LegalRepresentative}}},
		{"Ursina", "Caduff", "de", []place{{1, access.Collaborator}}},
		{"Åsa", "Lindqvist", "en", []place{{1, access.External}}},
		{"Sergio", "Albertini", "it", []place{{2, access.LegalRepresentative}}},
		{"Paola", "Sala", "it", []place{{2, access.Administrator}}},
		{"Hélène", "Grandjean", "fr", []place{{2, access.Collaborator}}},
	}
	founders := map[int]int{0: 0, 1: 6, 2: 9}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, m := range members {
			email := strings.ToLower(m.first) + "@ponteri.example"
			if m.first != "Elena" {
				email = plain.Replace(strings.ToLower(m.first+"."+strings.ReplaceAll(m.last, " ", "-"))) + "@ponteri.example"
			}
			a, err := s.profiles.Add(ctx, tx, profile.New{FirstName: m.first, LastName: m.last, LoginEmail: email, Language: m.language})
			if err != nil {
				return err
			}
			if email == Email {
				if err := s.sessions.SetPassword(ctx, tx, a.ID, Password); err != nil {
					return err
				}
			}
			s.people = append(s.people, person{account: a})
		}
		for i, h := range orgs {
			o, err := s.organizations.Add(ctx, tx, h, s.people[founders[i]].account.ID)
			if err != nil {
				return err
			}
			s.orgs = append(s.orgs, o)
		}
		for i, m := range members {
			for _, p := range m.places {
				s.people[i].member = append(s.people[i].member, s.orgs[p.org].ID)
				if founders[p.org] == i {
					continue
				}
				if err := s.organizations.Join(ctx, tx, s.orgs[p.org].ID, s.people[i].account.ID, p.role); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// fold writes the names without their marks, for addresses.
var plain = strings.NewReplacer("ł", "l", "å", "a", "é", "e", "è", "e")
