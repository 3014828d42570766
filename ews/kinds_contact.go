package ews

import (
	"slices"
	"time"
)

// join puts groups of properties together.
func join(groups ...[]property) []property { return slices.Concat(groups...) }

func contactProperties() []property {
	return join([]property{
		prop[string]("contacts:FileAs"), prop[string]("contacts:FileAsMapping"), prop[string]("contacts:DisplayName"), prop[string]("contacts:GivenName"),
		prop[string]("contacts:Initials"), prop[string]("contacts:MiddleName"), prop[string]("contacts:Nickname"), prop[CompleteName]("contacts:CompleteName"),
		prop[string]("contacts:CompanyName"), prop[EmailAddresses]("contacts:EmailAddresses"), prop[PhysicalAddresses]("contacts:PhysicalAddresses"),
		prop[Entries]("contacts:PhoneNumbers"), prop[string]("contacts:AssistantName"), prop[time.Time]("contacts:Birthday"),
		prop[string]("contacts:BusinessHomePage"), prop[Strings]("contacts:Children"), prop[Strings]("contacts:Companies"),
		prop[string]("contacts:ContactSource"), prop[string]("contacts:Department"), prop[string]("contacts:Generation"),
		prop[Entries]("contacts:ImAddresses"), prop[string]("contacts:JobTitle"), prop[string]("contacts:Manager"), prop[string]("contacts:Mileage"),
		prop[string]("contacts:OfficeLocation"), prop[string]("contacts:PostalAddressIndex"), prop[string]("contacts:Profession"),
		prop[string]("contacts:SpouseName"), prop[string]("contacts:Surname"), prop[time.Time]("contacts:WeddingAnniversary"),
		prop[bool]("contacts:HasPicture"),
	}, directoryProperties())
}

// directoryProperties are those that a contact has from the directory.
func directoryProperties() []property {
	return []property{
		prop[string]("contacts:PhoneticFullName"), prop[string]("contacts:PhoneticFirstName"), prop[string]("contacts:PhoneticLastName"),
		prop[string]("contacts:Alias"), prop[string]("contacts:Notes"), prop[[]byte]("contacts:Photo"),
		prop[Binaries]("contacts:UserSMIMECertificate"), prop[Binaries]("contacts:MSExchangeCertificate"), prop[string]("contacts:DirectoryId"),
		prop[Recipient]("contacts:ManagerMailbox"), prop[Recipients]("contacts:DirectReports"),
	}
}

func listProperties() []property {
	return []property{
		prop[string]("contacts:DisplayName"), prop[string]("contacts:FileAs"), prop[string]("contacts:ContactSource"),
		prop[Members]("distributionlist:Members"),
	}
}
