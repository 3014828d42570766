package mailbox

import "github.com/ewsbench/ewsbench/ews"

// writing are the operations that make, change, move and take away items.
func (j *job) writing(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.CreateItem:
		return j.createItem(b)
	case ews.UpdateItem:
		return j.updateItem(b)
	case ews.DeleteItem:
		return j.deleteItem(b)
	case ews.MoveItem:
		return j.moveItem(b)
	case ews.CopyItem:
		return j.copyItem(b)
	case ews.SendItem:
		return j.sendItem(b)
	case ews.ArchiveItem:
		return j.archiveItem(b)
	case ews.MarkAsJunk:
		return j.markAsJunk(b)
	case ews.MarkAllItemsAsRead:
		return j.markAllItemsAsRead(b)
	case ews.CreateAttachment:
		return j.createAttachment(b)
	case ews.DeleteAttachment:
		return j.deleteAttachment(b)
	case ews.ExportItems:
		return j.exportItems(b)
	case ews.UploadItems:
		return j.uploadItems(b)
	}
	return nil
}

// asking are the operations about people, ids, zones and settings.
func (j *job) asking(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.ResolveNames:
		return j.resolveNames(b)
	case ews.ExpandDL:
		return j.expandDL(b)
	case ews.ConvertID:
		return j.convertID(b)
	case ews.GetServerTimeZones:
		return j.getServerTimeZones(b)
	case ews.GetUserAvailability:
		return j.getUserAvailability(b)
	case ews.GetUserOofSettings:
		return j.getOof(b)
	case ews.SetUserOofSettings:
		return j.setOof(b)
	case ews.GetDelegate:
		return j.getDelegate(b)
	case ews.AddDelegate:
		return j.addDelegate(b)
	case ews.UpdateDelegate:
		return j.updateDelegate(b)
	case ews.RemoveDelegate:
		return j.removeDelegate(b)
	case ews.GetUserConfiguration:
		return j.getConfiguration(b)
	case ews.CreateUserConfiguration:
		return j.createConfiguration(b)
	case ews.UpdateUserConfiguration:
		return j.updateConfiguration(b)
	case ews.DeleteUserConfiguration:
		return j.deleteConfiguration(b)
	}
	return nil
}

// advising are the operations about what the organisation has set up: rules, rooms, tips, photos.
func (j *job) advising(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.GetInboxRules:
		return j.getInboxRules(b)
	case ews.UpdateInboxRules:
		return j.updateInboxRules(b)
	case ews.GetRoomLists:
		return j.getRoomLists()
	case ews.GetRooms:
		return j.getRooms(b)
	case ews.GetMailTips:
		return j.getMailTips(b)
	case ews.GetServiceConfiguration:
		return j.getServiceConfiguration(b)
	case ews.GetPasswordExpirationDate:
		return j.getPasswordExpirationDate(b)
	case ews.GetUserRetentionPolicyTags:
		return j.getRetentionTags()
	case ews.GetClientAccessToken:
		return j.getClientAccessToken(b)
	case ews.GetUserPhoto:
		return j.getUserPhoto(b)
	case ews.SetUserPhoto:
		return j.setUserPhoto(b)
	}
	return nil
}
