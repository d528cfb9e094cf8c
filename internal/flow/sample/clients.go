package sample

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
)

// wish is a client with what was asked of it; the answer follows unless it differs or is still awaited.
type wish struct {
	name, place string
	full        bool
	wallet      bool
	products    int
}

// answered are the clients with a story: three granted less, one more, two have not answered.
var answered = []struct {
	wish
	answer *client.Rights // nil: still awaited
	ago    int            // days since it was asked
}{
	{wish{"Cantina Montebruno", "Alba", true, true, 9}, &client.Rights{Access: client.Limited, Products: goods("montebruno.it", 9)}, 200},
	{wish{"Clinica Dr. Vannetti", "Locarno", false, false, 18}, &client.Rights{Access: client.Limited, Products: goods("vannetti.example", 12)}, 120},
	{wish{"Libreria Bottini", "Ascona", true, true, 0}, &client.Rights{Access: client.Full}, 90},
	{wish{"Fiduciaria Rezzoni", "Lugano", false, false, 22}, &client.Rights{Access: client.Full, Wallet: true}, 260},
	{wish{"Scuola Musica Arcadia", "Lugano", true, true, 0}, nil, 9},
	{wish{"Tipografia Lavizza", "Giubiasco", false, false, 3}, nil, 17},
	{wish{"Hotel Tre Larici", "Chur", true, false, 0}, &client.Rights{Access: client.Full}, 300},
}

// plainly are the clients that granted what was asked.
const plainly = `Garage Bernasca Sagl|Mendrisio;Panetteria Solari|Biasca;Vetreria Calanda|Landquart;Corte Solari|Ascona;Caffè Aurora|Lugano;
Atelier Vuilleumier|Neuchâtel;Bergführer Davos|Davos;Bäckerei Zgraggen|Altdorf;Imprimerie du Seyon|Neuchâtel;Farmacia San Rocco|Bellinzona;
Studio Legale Pedrini|Chiasso;Carrozzeria Monte Ceneri|Rivera;Vivaio Morettini|Cugnasco;Segelschule Thunersee|Spiez;Cabinet Dr Monnard|Vevey;
Óptica Llorente|Girona;Casa Rural El Olivar|Ronda;Agriturismo Valdoro|Stresa;Ferramenta Cattaneo|Como;Schreinerei Obrist|Sursee;
Osteria del Ponte|Cevio;Palestra Vertigo|Massagno;Asilo Il Girasole|Minusio;Elettro Ferrari|Losone;Architektur Wyss|Zug;
Musikhaus Kübler|Winterthur;Fleuriste Pâquerette|Nyon;Domaine des Abeilles|Lutry;Velo Meier|Aarau;Physio am See|Rapperswil;
Tandlakarna Åkesson|Genève;Ziegler Treuhand|Chur;Rifugio Piansecco|Airolo;Cooperativa Lumino|Lumino;Sartoria Elvira|Locarno;Fotostudio Lind|Basel`

// goods are products of a client; the statistics of every third are asked for too.
func goods(domain string, n int) []client.Product {
	list := make([]client.Product, 0, n)
	for i := range n {
		p := client.Product{Technical: true, Statistics: i%3 == 0}
		switch i {
		case 0:
			p.Name, p.Family = domain, "web_hosting"
		case 1:
			p.Name, p.Family = domain, "domain"
		case 2:
			p.Name, p.Family = "info@"+domain, "email_hosting"
		default:
			p.Name, p.Family = fmt.Sprintf("kDrive %d", i-2), "drive"
		}
		list = append(list, p)
	}
	return list
}

// clients tells of the clients under management: whoever asked and answered did so through the year, one after the other.
func clients(ctx context.Context, s *story) error {
	s.ids = map[string]string{}
	service := client.NewService(client.Options{DB: s.db, Journal: s.journal, Members: s.organizations})
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	for _, t := range answered {
		if err := s.meet(ctx, service, t.wish, t.answer, t.ago, nil); err != nil {
			return err
		}
	}
	for i, line := range strings.Split(strings.ReplaceAll(plainly, "\n", ""), ";") {
		name, place, _ := strings.Cut(line, "|")
		w := wish{name: name, place: place, full: i%3 == 1, wallet: i%2 == 1, products: 1 + i%7}
		answer := w.rights()
		var seenBy []string
		if i%6 == 0 {
			seenBy = []string{s.people[2+i/6%3].account.ID}
		}
		if err := s.meet(ctx, service, w, &answer, 340-8*i, seenBy); err != nil {
			return err
		}
	}
	return nil
}

func (w wish) rights() client.Rights {
	if w.full {
		return client.Rights{Access: client.Full, Wallet: w.wallet}
	}
	domain := strings.ToLower(strings.Fields(w.name)[0]) + "-" + strings.ToLower(strings.Fields(w.place)[0]) + ".example"
	if w.name == "Clinica Dr. Vannetti" {
		domain = "vannetti.example"
	}
	return client.Rights{Access: client.Limited, Products: goods(domain, w.products)}
}

// meet asks a client, has it answer three days later, and lets collaborators see it.
func (s *story) meet(ctx context.Context, service *client.Service, w wish, answer *client.Rights, ago int, seenBy []string) error {
	s.clock = s.today.AddDate(0, 0, -ago).Add(10 * time.Hour)
	id, err := service.Ask(ctx, client.New{Details: client.Details{Name: w.name, Place: w.place}, Rights: w.rights()}, false)
	s.ids[w.name] = id
	if err != nil || answer == nil {
		return err
	}
	s.clock = s.clock.AddDate(0, 0, 3)
	if err := service.Answer(ctx, id, 1, *answer, s.on(s.clock)); err != nil {
		return err
	}
	if seenBy == nil {
		return nil
	}
	return service.Allow(ctx, id, seenBy)
}
