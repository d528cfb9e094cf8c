package mirror

import (
	"context"

	"kontor/internal/core/find"
)

// Search finds the products without an end, by name, address, organization and service; those with one are found as what
// ends. Whoever has no connection has none. Requires access.OwnAccount.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	all, err := s.products(ctx)
	list := []ProductView{}
	for _, p := range all.Products {
		if p.End.On == "" && p.GoneSince == "" {
			list = append(list, p)
		}
	}
	return find.Among(question, list, func(p ProductView) []string {
		return []string{p.called(), p.FQDN, p.Internal, p.AccountName, p.Service}
	}, func(p ProductView) find.Hit {
		return find.Hit{
			ID: p.Account + "/" + p.ID, Title: p.called(), Route: find.Row("/mirror/products", p.Account+"/"+p.ID),
			Params: map[string]string{"organization": p.AccountName, "service": p.Service},
		}
	}), err
}

// called is a product's name, or what it has in place of one.
func (p ProductView) called() string {
	for _, name := range []string{p.Name, p.FQDN, p.Internal} {
		if name != "" {
			return name
		}
	}
	return p.Service
}
