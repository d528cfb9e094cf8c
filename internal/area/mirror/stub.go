package mirror

import "context"

var local = StandView{Kind: "local"}

func (s *Service) state(ctx context.Context) (StateView, error) {
	_, err := s.owner(ctx)
	v := StateView{State: string(Off), Areas: []AreaView{}, Token: TokenView{Scopes: []string{}, Missing: []string{}, Lost: []string{}}}
	if s.sample {
		v.Hindrance = "sample"
	}
	return v, err
}

type token []byte

func (s *Service) tokenOf(ctx context.Context, text string) (token, error) {
	_, err := s.connected(ctx)
	return token(text), err
}

func (s *Service) check(ctx context.Context, _ token, _ func(done, total int64)) (CheckView, error) {
	_, err := s.connected(ctx)
	return CheckView{}, err
}

// Connect is not built yet.
func (s *Service) Connect(ctx context.Context, _ ConnectInput) error {
	_, err := s.connected(ctx)
	return err
}

// Refresh is not built yet.
func (s *Service) Refresh(ctx context.Context) error { _, err := s.connected(ctx); return err }

// Opened is not built yet.
func (s *Service) Opened(ctx context.Context, _, _ string) error { _, err := s.owner(ctx); return err }

// SetBackground is not built yet.
func (s *Service) SetBackground(ctx context.Context, _ bool) error {
	_, err := s.connected(ctx)
	return err
}

// SetUndocumented is not built yet.
func (s *Service) SetUndocumented(ctx context.Context, _ bool) error {
	_, err := s.connected(ctx)
	return err
}

func (s *Service) parting(ctx context.Context) (PartingView, error) {
	_, err := s.owner(ctx)
	return PartingView{Counts: []CountView{}}, err
}

// Disconnect is not built yet.
func (s *Service) Disconnect(ctx context.Context, _ string, _ bool) error {
	_, err := s.connected(ctx)
	return err
}

func (s *Service) organizations(ctx context.Context) (OrganizationsView, error) {
	_, err := s.owner(ctx)
	return OrganizationsView{Stand: local, List: []OrganizationView{}, Organizations: []LocalView{}, Clients: []LocalView{}}, err
}

// Choose is not built yet.
func (s *Service) Choose(ctx context.Context, _ []ChoiceInput) error {
	_, err := s.connected(ctx)
	return err
}

func (s *Service) products(ctx context.Context) (ProductsView, error) {
	_, err := s.owner(ctx)
	return ProductsView{Stand: local, Products: []ProductView{}}, err
}

func (s *Service) domains(ctx context.Context) (DomainsView, error) {
	_, err := s.owner(ctx)
	return DomainsView{Stand: local, Domains: []DomainView{}}, err
}

func (s *Service) members(ctx context.Context, _ string) (MembersView, error) {
	_, err := s.owner(ctx)
	return MembersView{Stand: local, Members: []MemberView{}, Areas: []AreaView{}}, err
}

func (s *Service) teams(ctx context.Context, _ string) (TeamsView, error) {
	_, err := s.owner(ctx)
	return TeamsView{Stand: local, Teams: []TeamView{}, Areas: []AreaView{}}, err
}

func (s *Service) sessions(ctx context.Context) (SessionsView, error) {
	_, err := s.owner(ctx)
	return SessionsView{Stand: local, Sessions: []RemoteSessionView{}, Devices: []RemoteDeviceView{}, TwoStep: TwoStepView{Methods: []string{}}}, err
}

// MarkSession is not built yet.
func (s *Service) MarkSession(ctx context.Context, _, _ string) error {
	_, err := s.connected(ctx)
	return err
}

func (s *Service) drives(ctx context.Context) (DrivesView, error) {
	_, err := s.owner(ctx)
	return DrivesView{Stand: local, Drives: []DriveView{}}, err
}

// SetDrive is not built yet.
func (s *Service) SetDrive(ctx context.Context, _ string, _ bool) error {
	_, err := s.connected(ctx)
	return err
}

func (s *Service) ends(ctx context.Context) ([]ExpiryView, error) {
	_, err := s.owner(ctx)
	return []ExpiryView{}, err
}

func (s *Service) requests(ctx context.Context) ([]RequestView, error) {
	_, err := s.owner(ctx)
	return []RequestView{}, err
}

func (s *Service) mayProbe(ctx context.Context) error { _, err := s.connected(ctx); return err }

func (s *Service) probe(ctx context.Context, _ func(done, total int64)) (ReportView, error) {
	_, err := s.connected(ctx)
	return ReportView{Rows: []ReportRow{}}, err
}
