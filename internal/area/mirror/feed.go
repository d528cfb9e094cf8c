package mirror

import "context"

// Ends lists every end that Infomaniak has told, soonest first, for other parts of the program. Whoever has no connection,
// or may have none, gets nothing.
func (s *Service) Ends(ctx context.Context) ([]ExpiryView, error) { return s.ends(ctx) }

// TokenAge tells how the token of whoever acts does; never the token.
func (s *Service) TokenAge(ctx context.Context) (TokenView, error) {
	c, ok, err := s.mine(ctx)
	if err != nil || !ok {
		return TokenView{}, err
	}
	return s.tokenView(ctx, c)
}

// DomainList lists the domains that were read, for other parts of the program.
func (s *Service) DomainList(ctx context.Context) ([]DomainView, error) {
	v, err := s.domains(ctx)
	return v.Domains, err
}
